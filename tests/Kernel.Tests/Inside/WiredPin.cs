namespace ThreeOneOne.Field.Kernel.Tests.Inside;

/// <summary>A line of the simulated chip in the guest's device tree.</summary>
internal static class WiredPin
{
    public const int Pulse = 0;
    public const int Interrupt = 1;

    private static readonly string Chip = Directory.EnumerateDirectories("/sys/devices/platform/pins", "gpiochip*").Single();

    public static void Set(int line, bool high) => File.WriteAllText($"{Chip}/sim_gpio{line}/pull", high ? "pull-up" : "pull-down");

    /// <summary>Up and down again.</summary>
    public static void Tap(int line)
    {
        Set(line, true);
        Set(line, false);
    }
}
