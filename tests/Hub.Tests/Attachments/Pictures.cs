using System.Buffers.Binary;

namespace ThreeOneOne.Field.Hub.Tests.Attachments;

/// <summary>Pictures of 16 × 8 points as a browser writes them, and the same with what cameras and telephones add.</summary>
internal static class Pictures
{
    public static readonly byte[] Jpeg = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChi"
        + "VFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAA"
        + "AA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDABALDA4MChAODQ4S"
        + "ERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCA"
        + "AIABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAQG/8QAFhABAQEAAAAAAAAAAAAAAAAAAAID/8QAFAEBAAAAAAAAAAAAAAAAAAAABf/EABkRAAIDAQAAAAAAAAAAAAAAAAACAQQhBf/aAAwDAQACEQMRAD8Az2lJ"
        + "tKAvzkXBe+86f//Z");

    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAABAAAAAICAYAAADwdn+XAAAAnUlEQVR4AaSQLQ7CQBCFv2xCCSfgAFwAh8HhUCgUDofB4VAoFA6HweFQKBQOxwG4AAdAtBWvP9tmm9Z0U/UyM3k/88yfgX4M9WWkD2O9mOrBXDeWurDWia0O7L"
        + "XjqA1nrbhqwV0znprwlonoE9LDYlBg+9mE+JOsmTUpEpQi/lhJ4E/Okpg4f8GRfedagiAt1IlFqbjrKNs37507SAAAAP//14d/dwAAAAZJREFUAwDqjI/thS8ylwAAAABJRU5ErkJggg==");

    public static readonly byte[] Webp = Convert.FromBase64String(
        "UklGRiICAABXRUJQVlA4WAoAAAAgAAAADwAABwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChi"
        + "VFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAA"
        + "AA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDggNAAAAJABAJ0BKhAA"
        + "CAAPwEwlsAJ0cwAEQAD+8N39xmd+3cXPd/wzTw/D9hLP/57IZfWj/RHXeAA=");

    /// <summary>A JPEG with Exif (turned, device, position, time, thumbnail), XMP, a maker's segment, a comment, and a film behind its end; each says <paramref name="secret"/>.</summary>
    public static byte[] Telling(string secret, byte orientation = 6)
    {
        var text = System.Text.Encoding.ASCII.GetBytes(secret + "\0");
        // Little-endian TIFF: orientation, then the device's name.
        byte[] tiff =
        [
            .. "II*\0"u8, 8, 0, 0, 0, 2, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0x10, 0x01, 2, 0, (byte)text.Length, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0, .. text, .. Jpeg,
        ];
        return
        [
            0xFF, 0xD8, .. Segment(0xE1, [.. "Exif\0\0"u8, .. tiff]), .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. text]), .. Segment(0xEB, text), .. Segment(0xFE, text),
            .. Jpeg[2..], .. "ftypmp42"u8, .. text,
        ];
    }

    /// <summary>A PNG with a comment and a time.</summary>
    public static byte[] TellingPng(string secret) =>
        [.. Png[..33], .. Chunk("tEXt", [.. "Author\0"u8, .. System.Text.Encoding.ASCII.GetBytes(secret)]), .. Chunk("eXIf", System.Text.Encoding.ASCII.GetBytes(secret)), .. Png[33..], .. System.Text.Encoding.ASCII.GetBytes(secret)];

    /// <summary>A WebP with Exif and XMP.</summary>
    public static byte[] TellingWebp(string secret)
    {
        var text = System.Text.Encoding.ASCII.GetBytes(secret.Length % 2 == 0 ? secret : secret + " ");
        byte[] all = [.. Webp, .. Part("EXIF", text), .. Part("XMP ", text)];
        BinaryPrimitives.WriteUInt32LittleEndian(all.AsSpan(4), (uint)all.Length - 8);
        all[20] |= 0x0C;
        return all;
    }

    private static byte[] Segment(byte marker, byte[] content)
    {
        byte[] all = [0xFF, marker, 0, 0, .. content];
        BinaryPrimitives.WriteUInt16BigEndian(all.AsSpan(2), (ushort)(content.Length + 2));
        return all;
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] all = [0, 0, 0, 0, .. System.Text.Encoding.ASCII.GetBytes(name), .. content, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(all, (uint)content.Length);
        return all;
    }

    private static byte[] Part(string name, byte[] content)
    {
        byte[] all = [.. System.Text.Encoding.ASCII.GetBytes(name), 0, 0, 0, 0, .. content];
        BinaryPrimitives.WriteUInt32LittleEndian(all.AsSpan(4), (uint)content.Length);
        return all;
    }
}
