using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>Where gpsd listens: <c>gpsd:HOST[:PORT[:DEVICE]]</c>, the order in which gpsd's own programs take it.</summary>
/// <param name="Server">Its TCP address.</param>
/// <param name="Device">The one of its receivers to listen to; null: whichever speaks.</param>
internal sealed record GpsdAddress(LineAddress Server, string? Device)
{
    public const string Rule = "gpsd:HOST[:PORT[:DEVICE]]";

    private const string Prefix = "gpsd:";
    private const string UsualPort = "2947";

    public override string ToString() => Device is null ? $"gpsd at {Server.Target}:{Server.Port}" : $"gpsd at {Server.Target}:{Server.Port}:{Device}";

    public static bool TryParse(string text, [NotNullWhen(true)] out GpsdAddress? address)
    {
        address = null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        // An IPv6 address stands in brackets.
        var hostEnd = text.IndexOf(':', Math.Max(text.IndexOf(']', StringComparison.Ordinal), Prefix.Length));
        var host = hostEnd < 0 ? text[Prefix.Length..] : text[Prefix.Length..hostEnd];
        var rest = hostEnd < 0 ? [] : text[(hostEnd + 1)..].Split(':', 2);
        var device = rest.Length == 2 ? rest[1] : null;
        if (host.Length == 0 || device?.StartsWith('/') is false || device?.Contains('"', StringComparison.Ordinal) is true) return false;
        if (LineAddress.TryParse($"tcp:{host}:{(rest.Length == 0 ? UsualPort : rest[0])}", out var server)) address = new GpsdAddress(server, device);
        return address is not null;
    }
}
