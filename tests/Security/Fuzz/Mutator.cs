using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace ThreeOneOne.Field.Security.Fuzz;

/// <summary>
/// Makes hostile messages out of right ones: members gone, doubled, of other types and at the ends of their ranges; bytes flipped,
/// cut, repeated and spliced; compression that is broken or unfolds without end. The same seed makes the same messages.
/// </summary>
public sealed class Mutator(Random random)
{
    private const int DeepLevels = 2_000;
    private static readonly byte[] Bomb = MakeBomb();

    private static readonly string[] Odd =
    [
        "null", "true", "-1", "0", "1e308", "-1e308", "1e-400", "9223372036854775807", "-9223372036854775808", "99999999999999999999", "0.1",
        "\"\"", "\" \"", "\"\\u0000\"", "\"LONE\"", "\"\\u202e\\ufeff\"", "\"../../etc/passwd\"", "\"'; DROP TABLE people; --\"", "\"<script>alert(1)</script>\"",
        "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"2026-02-30T00:00:00Z\"", "\"NaN\"", "\"{0}%s%n\"", "[]", "{}", "[[]]", "[null]", "{\"\":null}", "[[1,2],[3]]",
    ];

    /// <summary>One message as it goes over the wire.</summary>
    /// <param name="json">A right message.</param>
    public byte[] Next(byte[] json) => random.Next(12) switch
    {
        0 => Junk(),
        1 => Bytes(json),
        2 => Packed(Bytes(json)),
        3 => Bytes(Packed(json)),
        4 => random.Next(40) == 0 ? Bomb : [(byte)'B', .. Junk()],
        5 => Deep(json),
        6 or 7 => Packed(Members(json)),
        _ => Members(json),
    };

    /// <summary>Changes one to four members.</summary>
    public byte[] Members(byte[] json)
    {
        var root = JsonNode.Parse(json)!;
        for (var left = random.Next(1, 5); left > 0; left--) Change(root);
        // Half a surrogate pair, which no tree writes.
        var text = root.ToJsonString().Replace("LONE", "\\ud800", StringComparison.Ordinal);
        // What the tree cannot hold: members twice, numbers without end.
        if (random.Next(8) == 0 && text.Length > 2) text = "{" + text[1..^1] + "," + text[1..];
        if (random.Next(16) == 0) text = text.Replace(":", ":" + new string('1', 400) + ",\"z\":", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Flips, cuts, repeats or splices bytes.</summary>
    public byte[] Bytes(byte[] from)
    {
        var bytes = from.ToArray();
        for (var left = random.Next(1, 6); left > 0 && bytes.Length > 1; left--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(5))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes = bytes[..at]; break;
                case 3: bytes = [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]]; break;
                default: bytes = [.. bytes[..at], .. bytes[at..Math.Min(bytes.Length, at + random.Next(1, 64))], .. bytes[at..]]; break;
            }
        }

        return bytes;
    }

    /// <summary>A short text for a form or a query.</summary>
    public string Text() => random.Next(6) switch
    {
        0 => new string((char)random.Next(1, 0x3000), random.Next(1, 600)),
        1 => Encoding.Latin1.GetString(Junk()),
        2 => random.NextInt64().ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => Odd[random.Next(Odd.Length)].Trim('"'),
    };

    public byte[] Junk()
    {
        var bytes = new byte[random.Next(random.Next(10) == 0 ? 4_096 : 64)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] MakeBomb()
    {
        using var packed = new MemoryStream();
        packed.WriteByte((byte)'B');
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var blank = new byte[1024 * 1024];
            blank.AsSpan().Fill((byte)' ');
            for (var i = 0; i < 256; i++) brotli.Write(blank);
        }

        return packed.ToArray();
    }

    private static byte[] Packed(byte[] json)
    {
        var target = new byte[BrotliEncoder.GetMaxCompressedLength(json.Length) + 1];
        target[0] = (byte)'B';
        return BrotliEncoder.TryCompress(json, target.AsSpan(1), out var written, 1, 18) ? target[..(written + 1)] : json;
    }

    private byte[] Deep(byte[] json)
    {
        var (open, close) = random.Next(2) == 0 ? ("[", "]") : ("{\"a\":", "}");
        var nest = string.Concat(Enumerable.Repeat(open, DeepLevels)) + "1" + (random.Next(2) == 0 ? string.Concat(Enumerable.Repeat(close, DeepLevels)) : "");
        return [.. Encoding.UTF8.GetBytes("{\"deep\":" + nest + ","), .. json[1..]];
    }

    private void Change(JsonNode root)
    {
        List<(JsonNode Parent, string? Name, int Index)> places = [];
        Collect(root, places);
        if (places.Count == 0) return;
        var (parent, name, index) = places[random.Next(places.Count)];
        var odd = random.Next(20) == 0 ? JsonValue.Create(new string('x', random.Next(1, 20_000))) : Parse(Odd[random.Next(Odd.Length)]);
        if (parent is JsonObject members)
        {
            if (random.Next(5) == 0) members.Remove(name!);
            else members[name!] = odd;
        }
        else if (parent is JsonArray items)
        {
            if (random.Next(5) == 0) items.RemoveAt(index);
            else if (random.Next(4) == 0) for (var i = random.Next(1, 300); i > 0; i--) items.Add(odd?.DeepClone());
            else items[index] = odd;
        }
    }

    private static JsonNode? Parse(string odd)
    {
        try
        {
            return JsonNode.Parse(odd);
        }
        catch (System.Text.Json.JsonException)
        {
            return odd;
        }
    }

    private static void Collect(JsonNode node, List<(JsonNode Parent, string? Name, int Index)> places)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                places.Add((node, name, -1));
                if (value is not null) Collect(value, places);
            }
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                places.Add((node, null, i));
                if (items[i] is { } value) Collect(value, places);
            }
        }
    }
}
