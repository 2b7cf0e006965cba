using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ThreeOneOne.Field.Hub.Tests.Enrolment;

/// <summary>The server's own sockets, but who comes from 127.0.0.N seems to come from 198.51.100.N: limits leave this machine alone.</summary>
internal sealed class FarListeners : IConnectionListenerFactory
{
    private readonly SocketTransportFactory sockets = new(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await sockets.BindAsync(endpoint, cancellationToken));

    private sealed class Listener(IConnectionListener inner) : IConnectionListener
    {
        public EndPoint EndPoint => inner.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            var connection = await inner.AcceptAsync(cancellationToken);
            if (connection?.RemoteEndPoint is IPEndPoint { Address: var address, Port: var port })
                connection.RemoteEndPoint = new IPEndPoint(new IPAddress([198, 51, 100, address.MapToIPv4().GetAddressBytes()[3]]), port);
            return connection;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => inner.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
