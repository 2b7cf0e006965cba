using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Security.Scene;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>What attacks do at a broker.</summary>
internal static class Broker
{
    public static Task<DeliveryResult> SendAsync(IPublisher session, string vehicle, Lane lane, ReadOnlyMemory<byte> payload, CancellationToken stop) =>
        SendAsync(session, new Topic(SecurityScene.Jurisdiction, vehicle, lane).ToString(), payload, retain: false, stop);

    /// <summary>Waits for the connection first.</summary>
    public static async Task<DeliveryResult> SendAsync(IPublisher session, string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken stop)
    {
        await Eventually.TrueAsync(() => session.IsConnected, "the session is connected", TimeSpan.FromMinutes(2)).ConfigureAwait(false);
        return await session.PublishAsync(topic, payload, Qos.AtLeastOnce, retain, stop).ConfigureAwait(false);
    }

    /// <summary>Whether a session comes about at all.</summary>
    public static async Task<bool> IsLetInAsync(Identity identity, int port, CancellationToken stop)
    {
        await using var session = identity.Connect(port);
        await foreach (var change in session.Events(stop).ConfigureAwait(false)) return change.Connected;
        return false;
    }

    /// <summary>Messages of others that reached a session so far.</summary>
    public static async Task<int> OverheardAsync(IPublisher session, string id, CancellationToken stop)
    {
        var own = $"field/v1/{SecurityScene.Jurisdiction}/{id}/";
        var heard = 0;
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(stop);
        soon.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            await foreach (var message in session.Messages(soon.Token).ConfigureAwait(false))
                if (!message.Topic.StartsWith(own, StringComparison.Ordinal)) heard++;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Nothing more came.
        }

        return heard;
    }
}
