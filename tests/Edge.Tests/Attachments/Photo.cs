using System.Security.Cryptography;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Attachments;

/// <summary>Bytes that begin like a photo, and their name.</summary>
internal static class Photo
{
    public static byte[] Jpeg(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        byte[] head = [0xFF, 0xD8, 0xFF, 0xE0];
        head.AsSpan(0, Math.Min(4, length)).CopyTo(bytes);
        return bytes;
    }

    public static string Name(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static AttachmentRef Ref(byte[] bytes) => new(Name(bytes), AttachmentType.Jpeg, bytes.Length);
}
