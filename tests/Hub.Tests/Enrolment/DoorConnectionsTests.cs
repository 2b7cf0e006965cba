using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Hub.Tests.Enrolment;

public sealed class DoorConnectionsTests
{
    [Fact]
    public async Task One_address_that_opens_many_connections_and_says_nothing_has_but_a_few_of_them()
    {
        await using var hub = await RealHub.StartAsync(
            settings: s => s.Enrolment.ConnectionsPerAddress = 2, services: s => s.AddSingleton<IConnectionListenerFactory, FarListeners>());
        using var first = await TryGreetAsync(hub, "127.0.0.2");
        using var second = await TryGreetAsync(hub, "127.0.0.2");
        Assert.True(first is not null && second is not null);
        Assert.Null(await TryGreetAsync(hub, "127.0.0.2"));
        using var other = await TryGreetAsync(hub, "127.0.0.3");
        Assert.NotNull(other);

        await first.DisposeAsync();
        SslStream? again = null;
        await Eventually.TrueAsync(async () => (again = await TryGreetAsync(hub, "127.0.0.2")) is not null, "its place is free again", between: TimeSpan.FromMilliseconds(50));
        await again!.DisposeAsync();
    }

    /// <summary>A connection with its TLS; null when it was refused.</summary>
    private static async Task<SslStream?> TryGreetAsync(RealHub hub, string from)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        try
        {
            await socket.ConnectAsync(hub.Door.Host, hub.Door.Port);
            var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
            var options = DoorClient.Trusting(hub.Services.GetRequiredService<CertificateAuthority>().AuthorityPem);
            options.TargetHost = hub.Door.Host;
            await tls.AuthenticateAsClientAsync(options);
            return tls;
        }
        catch (Exception e) when (e is IOException or AuthenticationException or SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}
