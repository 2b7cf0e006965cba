using System.Buffers.Binary;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>
/// A JPEG's tables and scans (ITU-T T.81, annex B), what a decoder needs of its colour model (JFIF, Adobe), and which side is up; nothing
/// else that it holds.
/// </summary>
internal static class CleanJpeg
{
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte App0 = 0xE0;
    private const byte App1 = 0xE1;
    private const byte App14 = 0xEE;
    private const int JfifBytes = 14;
    private const int AdobeBytes = 14;
    private const ushort OrientationTag = 0x0112;

    public static byte[]? Of(ReadOnlySpan<byte> bytes)
    {
        using var clean = new MemoryStream(bytes.Length);
        clean.Write([0xFF, StartOfImage]);
        var (at, upright, hasScan) = (2, true, false);
        while (Next(bytes, ref at) is { } marker)
        {
            if (marker == EndOfImage) break;
            // Without content of their own: nothing that belongs between segments.
            if (marker is StartOfImage or 0x01 or (>= 0xD0 and <= 0xD7)) return null;
            if (at + 2 > bytes.Length) return hasScan ? Ended(clean) : null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
            if (length < 2 || at + length > bytes.Length) return hasScan ? Ended(clean) : null;
            var segment = bytes.Slice(at, length);
            at += length;
            if (marker == App0 && length >= JfifBytes + 2 && segment[2..].StartsWith("JFIF\0"u8)) Write(clean, marker, [.. segment[..JfifBytes], 0, 0]);
            else if (marker == App14 && length >= AdobeBytes && segment[2..].StartsWith("Adobe"u8)) Write(clean, marker, segment[..AdobeBytes].ToArray());
            else if (marker == App1 && upright && Orientation(segment) is > 1 and <= 8 and var turned)
            {
                Write(clean, App1, Turned((byte)turned));
                upright = false;
            }
            else if (IsPicture(marker))
            {
                Write(clean, marker, segment.ToArray());
            }

            if (marker != StartOfScan) continue;
            hasScan = true;
            var scan = ScanLength(bytes[at..]);
            clean.Write(bytes.Slice(at, scan));
            at += scan;
        }

        return hasScan ? Ended(clean) : null;
    }

    // Frames (but the markers among them that are none), tables, restarts, lines, scans.
    private static bool IsPicture(byte marker) => marker is >= 0xC0 and <= 0xCF and not 0xC8 or StartOfScan or 0xDB or 0xDC or 0xDD or 0xDE or 0xDF;

    private static byte? Next(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (at >= bytes.Length || bytes[at] != 0xFF) return null;
        while (at < bytes.Length && bytes[at] == 0xFF) at++;
        return at < bytes.Length ? bytes[at++] : null;
    }

    /// <summary>Up to the next marker: stuffed bytes and restarts belong to the scan.</summary>
    private static int ScanLength(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; ;)
        {
            var next = bytes[at..].IndexOf((byte)0xFF);
            if (next < 0 || at + next + 1 >= bytes.Length) return bytes.Length;
            at += next;
            if (bytes[at + 1] is not (0x00 or (>= 0xD0 and <= 0xD7))) return at;
            at += 2;
        }
    }

    private static void Write(MemoryStream clean, byte marker, byte[] segment)
    {
        BinaryPrimitives.WriteUInt16BigEndian(segment, (ushort)segment.Length);
        clean.Write([0xFF, marker]);
        clean.Write(segment);
    }

    private static byte[] Ended(MemoryStream clean)
    {
        clean.Write([0xFF, EndOfImage]);
        return clean.ToArray();
    }

    /// <summary>Exif with one entry: how the picture is turned. Without it photos of telephones lie on their side.</summary>
    private static byte[] Turned(byte orientation) =>
    [
        0, 0, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
    ];

    private static int? Orientation(ReadOnlySpan<byte> segment)
    {
        const int tiff = 8;
        const int entry = 12;
        if (segment.Length < tiff + 8 || !segment[2..].StartsWith("Exif\0\0"u8)) return null;
        var exif = segment[tiff..];
        var isBig = exif[0] == 'M';
        ushort Short(ReadOnlySpan<byte> from) => isBig ? BinaryPrimitives.ReadUInt16BigEndian(from) : BinaryPrimitives.ReadUInt16LittleEndian(from);
        var first = isBig ? BinaryPrimitives.ReadUInt32BigEndian(exif[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(exif[4..]);
        if (first + 2 > exif.Length) return null;
        var at = (int)first + 2;
        for (var left = Short(exif[(int)first..]); left > 0 && at + entry <= exif.Length; left--, at += entry)
        {
            if (Short(exif[at..]) == OrientationTag) return Short(exif[(at + 8)..]);
        }

        return null;
    }
}
