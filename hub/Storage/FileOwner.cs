using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>Whose a file is, which .NET does not say.</summary>
internal static partial class FileOwner
{
    // Of struct statx, which is the same on every architecture.
    private const int Bytes = 256;
    private const int UserAt = 20;

    /// <returns>The user's number; null when it cannot be told.</returns>
    public static uint? Of(string path)
    {
        const int here = -100;
        const uint user = 0x8;
        var answer = new byte[Bytes];
        return Statx(here, path, 0, user, answer) == 0 ? BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(UserAt)) : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, [Out] byte[] answer);
}
