namespace ThreeOneOne.Field.Wire;

/// <summary>A signed bundle that must not be used. Its message says nothing of the content.</summary>
public sealed class BundleRefusedException(BundleFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public BundleFault Fault { get; } = fault;
}
