using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// The number under which a (vehicle, epoch) is kept: taken from their names, not counted. The tracks of a day commit before
/// the main database does, and a number that was given up with its transaction must not come to mean another vehicle.
/// </summary>
internal static class SourceId
{
    /// <returns>63 bits, never negative.</returns>
    public static long Of(string vehicle, string epoch)
    {
        Span<byte> name = stackalloc byte[64];
        Span<byte> hash = stackalloc byte[32];
        var length = Encoding.ASCII.GetBytes(vehicle, name);
        name[length++] = (byte)'/';
        length += Encoding.ASCII.GetBytes(epoch, name[length..]);
        SHA256.HashData(name[..length], hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash) & long.MaxValue;
    }
}
