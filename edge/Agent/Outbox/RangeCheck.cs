using System.Buffers.Binary;
using System.Security.Cryptography;
using ThreeOneOne.Field.Agent.Sealing;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// Check of an acknowledged range. With a key only who has it can write one: a false range would make records vanish.
/// </summary>
internal sealed class RangeCheck
{
    private readonly byte[]? secret;
    private readonly bool takesPlain;

    private RangeCheck(byte[]? secret, bool takesPlain) => (this.secret, this.takesPlain) = (secret, takesPlain);

    public static RangeCheck Of(DataKey? key, string epoch) => key is null ? new(null, true) : new(key.For("ranges/" + epoch), !key.IsOnly);

    public uint Of(long first, long last)
    {
        if (secret is null) return Plain(first, last);
        Span<byte> range = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(range, first);
        BinaryPrimitives.WriteInt64LittleEndian(range[8..], last);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, range, hash);
        return BinaryPrimitives.ReadUInt32LittleEndian(hash);
    }

    public bool Holds(long first, long last, uint check) => check == Of(first, last) || (takesPlain && check == Plain(first, last));

    private static uint Plain(long first, long last)
    {
        var mixed = unchecked(((ulong)first * 0x9E3779B97F4A7C15) ^ ((ulong)last * 0xC2B2AE3D27D4EB4F) ^ 0x311);
        return (uint)(mixed ^ (mixed >> 32));
    }
}
