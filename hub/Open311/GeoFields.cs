using System.Text;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>
/// Parameters of a call, by name, in the order sent. Read from the bytes: the framework replaces what is no UTF-8, and real
/// clients still send Latin-1.
/// </summary>
internal sealed class GeoFields
{
    /// <summary>More than this is no form that a person filled in.</summary>
    public const int MostFields = 1_000;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private readonly Dictionary<string, List<string>> values = new(StringComparer.Ordinal);
    private int count;

    /// <summary>Names, in the order in which they came first.</summary>
    public IEnumerable<string> Names => values.Keys;

    /// <summary>True when there were more than <see cref="MostFields"/>; the rest was not read.</summary>
    public bool TooMany { get; private set; }

    /// <summary>The first value, trimmed; null when it is absent or empty, which is the same.</summary>
    public string? this[string name] =>
        values.TryGetValue(name, out var all) && all.Find(v => !string.IsNullOrWhiteSpace(v)) is { } value ? value.Trim() : null;

    /// <summary>Every value that is not empty.</summary>
    public IReadOnlyList<string> All(string name) =>
        values.TryGetValue(name, out var all) ? [.. all.Where(v => !string.IsNullOrWhiteSpace(v)).Select(v => v.Trim())] : [];

    /// <summary>Parts of a comma list, over all values of the name.</summary>
    public IReadOnlyList<string> List(string name) =>
        [.. All(name).SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal)];

    public void Add(string name, string value)
    {
        if (++count > MostFields)
        {
            TooMany = true;
            return;
        }

        if (!values.TryGetValue(name, out var all)) values.Add(name, all = []);
        all.Add(value);
    }

    /// <summary>Takes over names that are not here yet: what the body says counts before what the address says.</summary>
    public void AddMissing(GeoFields others)
    {
        foreach (var (name, all) in others.values)
        {
            if (values.ContainsKey(name)) continue;
            foreach (var value in all) Add(name, value);
        }

        TooMany |= others.TooMany;
    }

    /// <summary>Reads <c>a=1&amp;b=2</c>. Tolerates a leading <c>?</c>, empty parts, names without value and broken escapes.</summary>
    public static GeoFields Parse(ReadOnlySpan<byte> form)
    {
        var fields = new GeoFields();
        if (form.Length > 0 && form[0] == (byte)'?') form = form[1..];
        while (form.Length > 0 && !fields.TooMany)
        {
            var end = form.IndexOf((byte)'&');
            var part = end < 0 ? form : form[..end];
            form = end < 0 ? default : form[(end + 1)..];
            if (part.IsEmpty) continue;
            var equals = part.IndexOf((byte)'=');
            var name = Unescape(equals < 0 ? part : part[..equals]);
            if (name.Length > 0) fields.Add(name, equals < 0 ? "" : Unescape(part[(equals + 1)..]));
        }

        return fields;
    }

    /// <summary>UTF-8 where the bytes are that, else Latin-1, of which every byte is a character.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var bytes = new byte[escaped.Length];
        var length = 0;
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] == (byte)'%' && i + 2 < escaped.Length && Hex(escaped[i + 1]) is { } high && Hex(escaped[i + 2]) is { } low)
            {
                bytes[length++] = (byte)((high << 4) | low);
                i += 2;
            }
            else
            {
                bytes[length++] = escaped[i] == (byte)'+' ? (byte)' ' : escaped[i];
            }
        }

        return Decode(bytes.AsSpan(0, length));
    }

    private static int? Hex(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => null,
    };
}
