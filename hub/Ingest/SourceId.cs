using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// The number under which a (vehicle, epoch) is kept: taken from their names, not counted. The tracks of a day commit before
/// the main database does, and a number that was given up with its transaction must not come to mean another vehicle.
/// </summary>
internal static class SourceId
{
    // Hashing costs as much as reading a short record does, and the same vehicles send all day.
    private const int MostKept = 50_000;

    private static readonly ConcurrentDictionary<(string Vehicle, string Epoch), long> Kept = new();
    private static int kept;

    /// <returns>63 bits, never negative.</returns>
    public static long Of(string vehicle, string epoch)
    {
        if (Kept.TryGetValue((vehicle, epoch), out var known)) return known;
        var source = Compute(vehicle, epoch);
        if (Interlocked.Increment(ref kept) > MostKept)
        {
            Interlocked.Exchange(ref kept, 0);
            Kept.Clear();
        }

        Kept.TryAdd((vehicle, epoch), source);
        return source;
    }

    private static long Compute(string vehicle, string epoch)
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
