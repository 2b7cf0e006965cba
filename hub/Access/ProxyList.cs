using System.Net;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>The proxies that the city named.</summary>
internal sealed class ProxyList(AccessOptions options)
{
    public IReadOnlyList<IPNetwork> Networks { get; } = [.. options.Proxies.Select(AccessOptions.Network).OfType<IPNetwork>()];

    public bool Names(IPAddress? address) => Plain(address) is { } plain && Networks.Any(n => n.Contains(plain));

    /// <summary>True for whoever may speak plain HTTP to the hub: a proxy, or this machine.</summary>
    public bool MayBePlain(IPAddress? address) => address is null || IPAddress.IsLoopback(Plain(address)!) || Names(address);

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
