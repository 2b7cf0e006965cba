using System.Diagnostics;

namespace ThreeOneOne.Field.Kernel.Tests.Inside;

/// <summary>What a technician is told of real drivers, by the command itself and as a user without any right.</summary>
public sealed class DoctorTests
{
    [InsideFact]
    public void A_loose_wire_and_a_chip_that_may_not_be_opened_are_a_line_and_a_remedy_each()
    {
        using var chip = new WiredChip("bh1750", 0x23);
        chip.SetHigh(0x20, 1200);
        chip.Plug();
        var said = Doctor();
        Assert.Contains(said, l => l.StartsWith("ok ", StringComparison.Ordinal) && l.Contains("light sensor", StringComparison.Ordinal) && l.Contains("1000 lux", StringComparison.Ordinal));
        Assert.Contains(said, l => l.StartsWith("WRONG", StringComparison.Ordinal) && l.Contains("button", StringComparison.Ordinal) && l.Contains("may not be opened", StringComparison.Ordinal) && l.Contains("→ sudo udevadm trigger", StringComparison.Ordinal));

        chip.Wire(false);
        Assert.Contains(Doctor(), l => l.StartsWith("WRONG", StringComparison.Ordinal) && l.Contains("light sensor", StringComparison.Ordinal) && l.Contains("a wire is loose", StringComparison.Ordinal) && l.Contains("→ check its wires", StringComparison.Ordinal));
        chip.Unplug();
        Assert.Contains(Doctor(), l => l.StartsWith("WRONG", StringComparison.Ordinal) && l.Contains("light sensor", StringComparison.Ordinal) && l.Contains("shows no sensor", StringComparison.Ordinal) && l.Contains("→ check its wires and its overlay", StringComparison.Ordinal));
    }

    private static string[] Doctor()
    {
        string[] arguments =
        [
            "--reuid=65534", "--regid=65534", "--clear-groups", Environment.ProcessPath!, "exec", Path.Combine(AppContext.BaseDirectory, "field-agent.dll"), "doctor", "--seconds", "6",
            "--Vehicle:Id=unit-1", "--Vehicle:Jurisdiction=cambridge-ma", "--Vehicle:Data=/tmp/none", "--Link:Host=127.0.0.1", "--Link:Port=1", "--Light:Source=iio:bh1750", "--Button:Source=gpio:GPIO17",
        ];
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/setpriv", arguments) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 1, said);
        return said.Split('\n');
    }
}
