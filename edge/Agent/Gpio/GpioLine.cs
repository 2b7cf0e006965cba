namespace ThreeOneOne.Field.Agent.Gpio;

/// <summary>A line of a chip.</summary>
/// <param name="Chip">The chip's name, as of its character device.</param>
/// <param name="Offset">Its place on the chip.</param>
/// <param name="Name">The board's name for it; empty for none.</param>
internal sealed record GpioLine(string Chip, int Offset, string Name);
