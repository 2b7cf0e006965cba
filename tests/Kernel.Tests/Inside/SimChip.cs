using System.Globalization;

namespace ThreeOneOne.Field.Kernel.Tests.Inside;

/// <summary>A chip of the kernel's gpio-sim, whose lines are pulled by the test as a wire would.</summary>
internal sealed class SimChip : IDisposable
{
    private readonly string folder;
    private readonly List<string> made = [];

    public SimChip(string name, int lines, params (int Offset, string Name)[] names)
    {
        folder = $"/sys/kernel/config/gpio-sim/{name}";
        Make(folder);
        Make($"{folder}/bank0");
        File.WriteAllText($"{folder}/bank0/num_lines", lines.ToString(CultureInfo.InvariantCulture));
        foreach (var (offset, line) in names)
        {
            Make($"{folder}/bank0/line{offset}");
            File.WriteAllText($"{folder}/bank0/line{offset}/name", line);
        }
    }

    /// <summary>Name of the chip, such as <c>gpiochip0</c>.</summary>
    public string Chip => File.ReadAllText($"{folder}/bank0/chip_name").Trim();

    /// <summary>Another driver has the line from the start.</summary>
    public SimChip Hog(int offset, string by)
    {
        Make($"{folder}/bank0/line{offset}/hog");
        File.WriteAllText($"{folder}/bank0/line{offset}/hog/name", by);
        File.WriteAllText($"{folder}/bank0/line{offset}/hog/direction", "input");
        return this;
    }

    public SimChip Plug()
    {
        File.WriteAllText($"{folder}/live", "1");
        return this;
    }

    public void Unplug() => File.WriteAllText($"{folder}/live", "0");

    public void Pull(int offset, bool up) => File.WriteAllText($"{Line(offset)}/pull", up ? "pull-up" : "pull-down");

    public bool IsHigh(int offset) => File.ReadAllText($"{Line(offset)}/value").Trim() == "1";

    public bool IsPulledUp(int offset) => File.ReadAllText($"{Line(offset)}/pull").Trim() == "pull-up";

    public void Dispose()
    {
        if (File.ReadAllText($"{folder}/live").Trim() == "1") Unplug();
        foreach (var one in Enumerable.Reverse(made)) Directory.Delete(one);
    }

    private string Line(int offset) => $"/sys/devices/platform/{File.ReadAllText($"{folder}/dev_name").Trim()}/{Chip}/sim_gpio{offset}";

    private void Make(string path)
    {
        Directory.CreateDirectory(path);
        made.Add(path);
    }
}
