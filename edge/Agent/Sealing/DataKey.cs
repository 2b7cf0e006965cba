using System.Security.Cryptography;
using System.Text;

namespace ThreeOneOne.Field.Agent.Sealing;

/// <summary>The key of a vehicle's data folder. What is kept uses keys made from it, each for one purpose.</summary>
public sealed class DataKey : IDisposable
{
    public const int Bytes = 32;

    private readonly byte[] key;

    /// <param name="key">32 random bytes.</param>
    /// <param name="isOnly">False while there may still be data from before the key.</param>
    public DataKey(ReadOnlySpan<byte> key, bool isOnly = true)
    {
        if (key.Length != Bytes) throw new ArgumentException($"a data key of {key.Length} bytes; {Bytes}", nameof(key));
        this.key = key.ToArray();
        IsOnly = isOnly;
    }

    /// <summary>
    /// True when everything is encrypted: what is not was put there by somebody else, and is not believed.
    /// </summary>
    public bool IsOnly { get; internal set; }

    /// <summary>32 bytes for one purpose (HKDF-SHA256).</summary>
    public byte[] For(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, Bytes, salt: null, Encoding.UTF8.GetBytes("threeoneone.field/1/" + purpose));

    internal ReadOnlySpan<byte> Raw => key;

    internal Seal SealFor(string purpose) => new(For(purpose));

    public void Dispose() => CryptographicOperations.ZeroMemory(key);
}
