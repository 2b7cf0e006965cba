using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ThreeOneOne.Field.Agent.Recordings;

/// <summary>Where lines of text come from: <c>file:PATH</c>, <c>tcp:HOST:PORT</c>, or the path of a character device.</summary>
public sealed record LineAddress
{
    public const string Rule = "file:PATH, tcp:HOST:PORT or the absolute path of a device";

    private LineAddress(LineAddressKind kind, string target, int port) => (Kind, Target, Port) = (kind, target, port);

    public LineAddressKind Kind { get; }

    /// <summary>Path, or host name.</summary>
    public string Target { get; }

    public int Port { get; }

    public override string ToString() => Kind switch
    {
        LineAddressKind.File => $"file:{Target}",
        LineAddressKind.Tcp => $"tcp:{Target}:{Port}",
        _ => Target,
    };

    public static bool TryParse(string text, [NotNullWhen(true)] out LineAddress? address)
    {
        address = null;
        if (text.StartsWith("file:", StringComparison.Ordinal))
        {
            if (text.Length > 5) address = new LineAddress(LineAddressKind.File, text[5..], 0);
        }
        else if (text.StartsWith("tcp:", StringComparison.Ordinal))
        {
            var colon = text.LastIndexOf(':');
            if (colon > 4 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536)
                address = new LineAddress(LineAddressKind.Tcp, text[4..colon].Trim('[', ']'), port);
        }
        else if (text.StartsWith('/'))
        {
            address = new LineAddress(LineAddressKind.Device, text, 0);
        }

        return address is not null;
    }

    /// <exception cref="FormatException">The text is none of the three forms.</exception>
    public static LineAddress Parse(string text) =>
        TryParse(text, out var address) ? address
        : throw new FormatException($"'{text}': expected {Rule}");
}
