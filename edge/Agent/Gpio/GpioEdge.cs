namespace ThreeOneOne.Field.Agent.Gpio;

/// <summary>A line changed.</summary>
/// <param name="Active">True when it became active: high, or low where it is wired so.</param>
/// <param name="At">When the interrupt came, of the kernel's monotonic clock.</param>
/// <param name="Number">Counts the line's edges from 1; a gap is what the kernel had no room for.</param>
internal readonly record struct GpioEdge(bool Active, TimeSpan At, uint Number);
