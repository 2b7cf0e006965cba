using System.Net;
using System.Net.Sockets;

namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>
/// Where the hub may be sent to by somebody who can only name an address: to public ones, and to what the settings allow. Names are
/// judged by what they lead to at the moment of connecting, in <see cref="WebhookHttp"/>.
/// </summary>
public static class WebhookAddress
{
    private const int LongestUrl = 2_000;

    // Special-purpose registries of IANA, RFC 6890 and what came since.
    private static readonly IPNetwork[] NotPublic =
    [
        .. ((string[])[
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Within 2000::/3, outside of which nothing is public: what carries an IPv4 address or is for examples.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        ]).Select(n => IPNetwork.Parse(n)),
    ];

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    /// <returns>Why an address is not taken; null when it may be tried.</returns>
    public static string? Fault(string? url, WebhooksOptions options)
    {
        if (url is null || url.Length > LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http")) return "an https address";
        if (uri.Scheme == "http" && !options.AllowHttp) return "an https address: over http everybody on the way could read and change what is sent (Webhooks:AllowHttp)";
        if (uri.UserInfo.Length > 0) return "an address without a name and a password in it: deliveries are signed instead";
        if (uri.Fragment.Length > 0) return "an address without a fragment (#)";
        return IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var address) ? Fault(address, options.Networks) : null;
    }

    /// <returns>Why nothing is sent to an IP address; null when it may be.</returns>
    public static string? Fault(IPAddress address, IReadOnlyList<IPNetwork> allowed)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IsPublic(plain) || allowed.Any(n => n.Contains(plain))) return null;
        return $"{plain} is not a public address: if it is meant, allow its network with Webhooks:AllowedNetworks";
    }

    private static bool IsPublic(IPAddress address) =>
        !NotPublic.Any(n => n.Contains(address)) && (address.AddressFamily == AddressFamily.InterNetwork || Global6.Contains(address));
}
