using System.Buffers.Binary;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>
/// A picture without anything but the picture: no position, no device, no time, no comment, no thumbnail, no colour profile, nothing
/// behind its end. What is kept is named, so that what nobody has thought of is left out. Its pixels are not touched.
/// </summary>
public static class CleanPicture
{
    private static readonly string[] PngParts = ["IHDR", "PLTE", "tRNS", "gAMA", "sRGB", "IDAT", "IEND"];
    private static readonly string[] WebpParts = ["VP8 ", "VP8L", "VP8X", "ALPH"];

    /// <summary>Media types that can be cleaned.</summary>
    public static readonly IReadOnlyList<string> Types = [AttachmentType.Jpeg, AttachmentType.Png, AttachmentType.Webp];

    /// <returns>Null when it is of another type, or not put together as its type says.</returns>
    public static byte[]? Of(string type, ReadOnlySpan<byte> bytes)
    {
        if (!Types.Contains(type) || !AttachmentType.Matches(type, bytes)) return null;
        return type switch
        {
            AttachmentType.Jpeg => CleanJpeg.Of(bytes),
            AttachmentType.Png => Png(bytes),
            _ => Webp(bytes),
        };
    }

    private static byte[]? Png(ReadOnlySpan<byte> bytes)
    {
        const int signature = 8;
        const int frame = 12;
        using var clean = new MemoryStream(bytes.Length);
        clean.Write(bytes[..signature]);
        for (var at = signature; at + frame <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - frame) return null;
            var name = System.Text.Encoding.ASCII.GetString(bytes.Slice(at + 4, 4));
            if (PngParts.Contains(name)) clean.Write(bytes.Slice(at, (int)length + frame));
            if (name == "IEND") return clean.ToArray();
            at += (int)length + frame;
        }

        return null;
    }

    private static byte[]? Webp(ReadOnlySpan<byte> bytes)
    {
        const int head = 12;
        // Of VP8X: alpha stays; profile, Exif, XMP and animation go.
        const byte alpha = 0x10;
        using var clean = new MemoryStream(bytes.Length);
        clean.Write(bytes[..head]);
        var hasPicture = false;
        for (var at = head; at + 8 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            if (length > bytes.Length - at - 8) break;
            var name = System.Text.Encoding.ASCII.GetString(bytes.Slice(at, 4));
            var part = bytes.Slice(at, 8 + (int)length).ToArray();
            if (name == "VP8X" && length > 0) part[8] &= alpha;
            if (WebpParts.Contains(name))
            {
                clean.Write(part);
                if (length % 2 == 1) clean.WriteByte(0);
            }

            hasPicture |= name is "VP8 " or "VP8L";
            at += 8 + (int)length + (int)(length % 2);
        }

        if (!hasPicture) return null;
        var all = clean.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(all.AsSpan(4), (uint)all.Length - 8);
        return all;
    }
}
