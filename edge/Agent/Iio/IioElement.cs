using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Agent.Iio;

/// <summary>
/// How one channel lies in the buffer, as its <c>scan_elements/*_type</c> says: <c>le:s12/16&gt;&gt;4</c> is 12 signed bits in 16, four
/// bits up, little end first. See Documentation/ABI/testing/sysfs-bus-iio of the kernel.
/// </summary>
/// <param name="Name">Channel, such as <c>in_accel_x</c>.</param>
/// <param name="Index">Its place among the channels.</param>
/// <param name="BigEndian">True when its high byte comes first.</param>
/// <param name="Signed">True when it may be below zero.</param>
/// <param name="Bits">Bits that count.</param>
/// <param name="StorageBytes">Bytes that hold them.</param>
/// <param name="Repeat">Numbers that follow each other; the first is read.</param>
/// <param name="Shift">Bits below those that count.</param>
internal sealed partial record IioElement(string Name, int Index, bool BigEndian, bool Signed, int Bits, int StorageBytes, int Repeat, int Shift)
{
    public int Bytes => StorageBytes * Repeat;

    /// <exception cref="IioException">A type that no kernel writes.</exception>
    public static IioElement Parse(string name, string? index, string? type)
    {
        if (int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && type is not null && Format().Match(type) is { Success: true } match)
        {
            int Part(string group, int without = 0) => match.Groups[group] is { Success: true, Value: var text } ? int.Parse(text, CultureInfo.InvariantCulture) : without;
            var (bits, storage, repeat, shift) = (Part("bits"), Part("storage"), Part("repeat", 1), Part("shift"));
            if (storage is 8 or 16 or 32 or 64 && bits is > 0 && bits + shift <= storage && repeat is > 0 and <= 16)
                return new IioElement(name, place, match.Groups["end"].Value == "be", match.Groups["sign"].Value == "s", bits, storage / 8, repeat, shift);
        }

        throw new IioException($"the kernel describes the channel {name} as '{type}' at '{index}', which nobody understands");
    }

    /// <summary>The channel's raw number in one scan, from its first byte.</summary>
    public long Read(ReadOnlySpan<byte> at)
    {
        var raw = (StorageBytes, BigEndian) switch
        {
            (1, _) => at[0],
            (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(at),
            (2, true) => BinaryPrimitives.ReadUInt16BigEndian(at),
            (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(at),
            (4, true) => BinaryPrimitives.ReadUInt32BigEndian(at),
            (_, false) => BinaryPrimitives.ReadUInt64LittleEndian(at),
            _ => BinaryPrimitives.ReadUInt64BigEndian(at),
        };
        var unused = 64 - Bits;
        // Up to the top, so that what lies beside the number falls out and its sign is carried down.
        var top = raw >> Shift << unused;
        return Signed ? (long)top >> unused : (long)(top >> unused);
    }

    [GeneratedRegex(@"^(?<end>le|be):(?<sign>s|u)(?<bits>\d{1,2})/(?<storage>\d{1,2})(X(?<repeat>\d{1,2}))?(>>(?<shift>\d{1,2}))?$")]
    private static partial Regex Format();
}
