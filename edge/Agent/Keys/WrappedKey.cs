namespace ThreeOneOne.Field.Agent.Keys;

/// <summary>The file <c>data-key.json</c>.</summary>
/// <param name="V">1.</param>
/// <param name="By">Which kind of key wraps it: <c>credential</c>, <c>file</c> or <c>beside</c>.</param>
/// <param name="Key">The data key, closed with the wrapping key.</param>
/// <param name="Only">True when everything is encrypted; cannot be changed without the wrapping key.</param>
internal sealed record WrappedKey(int V, string By, byte[] Key, bool Only)
{
    public byte[] About => [(byte)V, Only ? (byte)1 : (byte)0];
}
