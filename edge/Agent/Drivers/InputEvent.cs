using System.Buffers.Binary;

namespace ThreeOneOne.Field.Agent.Drivers;

/// <summary>One record of a Linux input device: <c>struct input_event</c> of linux/input.h.</summary>
/// <param name="AtMs">When the driver saw it, milliseconds.</param>
/// <param name="Type">What kind; <see cref="Key"/> is a key.</param>
/// <param name="Code">Which key.</param>
/// <param name="Value">0 up, 1 down, 2 repeated by the kernel.</param>
internal readonly record struct InputEvent(long AtMs, ushort Type, ushort Code, int Value)
{
    public const ushort Key = 1;

    /// <summary>Seconds and microseconds are words of the machine: 24 bytes, on a 32-bit one 16.</summary>
    public static readonly int Bytes = 2 * IntPtr.Size + 8;

    public static InputEvent Read(ReadOnlySpan<byte> record)
    {
        var word = IntPtr.Size;
        var seconds = word == 8 ? BinaryPrimitives.ReadInt64LittleEndian(record) : BinaryPrimitives.ReadUInt32LittleEndian(record);
        var micros = word == 8 ? BinaryPrimitives.ReadInt64LittleEndian(record[word..]) : BinaryPrimitives.ReadUInt32LittleEndian(record[word..]);
        var rest = record[(2 * word)..];
        return new InputEvent(
            unchecked(seconds * 1_000 + micros / 1_000), BinaryPrimitives.ReadUInt16LittleEndian(rest), BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]),
            BinaryPrimitives.ReadInt32LittleEndian(rest[4..]));
    }
}
