using System.Globalization;

namespace ThreeOneOne.Field.Kernel.Tests.Inside;

/// <summary>A BMI160 of six axes, as its driver expects its registers.</summary>
internal sealed class Bmi160 : IDisposable
{
    /// <summary>m/s² of one step at ±2 g, as the driver has it.</summary>
    public const double Scale = 0.000598;

    private readonly StubChip chip = new(0x69);

    public Bmi160()
    {
        // Its identity; 100 Hz; ±2 g.
        chip.Set(0x00, 0xd1);
        chip.Set(0x40, 0x28);
        chip.Set(0x41, 0x03);
        Accelerate(1000, -2000, 16400);
        Folder = chip.Plug("bmi160");
    }

    public string Folder { get; private set; }

    public void Accelerate(short x, short y, short z)
    {
        chip.Set16(0x12, x);
        chip.Set16(0x14, y);
        chip.Set16(0x16, z);
    }

    public void Unplug() => chip.Unplug();

    public void PlugAgain()
    {
        // Its driver reset the chip when it went.
        chip.Set(0x40, 0x28);
        chip.Set(0x41, 0x03);
        Folder = chip.Plug("bmi160");
    }

    public string this[string file] => File.ReadAllText(Path.Combine(Folder, file)).Trim();

    public int Number(string file) => int.Parse(this[file], CultureInfo.InvariantCulture);

    public void Dispose() => chip.Dispose();
}
