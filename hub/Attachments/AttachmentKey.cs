using System.Security.Cryptography;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>The key of the files at rest: <see cref="AttachmentsOptions.KeyFile"/>.</summary>
internal static class AttachmentKey
{
    private const int LeastBytes = 32;
    private const int MostBytes = 4096;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <returns>32 bytes; null without encryption.</returns>
    /// <exception cref="IOException">The file cannot be used; the message says why.</exception>
    public static byte[]? Read(AttachmentsOptions options)
    {
        var path = options.KeyFile;
        if (path.Length == 0) return null;
        if (!File.Exists(path)) throw new IOException($"Attachments:KeyFile = '{path}': there is no such file");
        if ((File.GetUnixFileMode(path) & Others) != 0) throw new IOException($"Attachments:KeyFile = '{path}': others may read it; chmod 0600 it");
        if (new FileInfo(path).Length is < LeastBytes or > MostBytes) throw new IOException($"Attachments:KeyFile = '{path}': expected {LeastBytes} to {MostBytes} bytes");
        var bytes = File.ReadAllBytes(path);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, LeastBytes, salt: null, "threeoneone.field/1/hub-attachments"u8.ToArray());
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }
}
