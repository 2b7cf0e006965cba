namespace ThreeOneOne.Field.Wire;

/// <summary>A message that cannot be read. The reader keeps its bytes aside with this reason and goes on.</summary>
public sealed class WireFormatException : Exception
{
    public WireFormatException(WireFault fault, string message, Exception? inner = null)
        : base(message, inner) => Fault = fault;

    public WireFault Fault { get; }
}
