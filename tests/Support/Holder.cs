using System.Text;
using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Support;

/// <summary>Holds a session with a last will until it is killed.</summary>
internal static class Holder
{
    public static async Task RunAsync(int port, string willTopic)
    {
        var options = new LinkOptions
        {
            Host = "127.0.0.1",
            Port = port,
            ClientId = "holder",
            Will = new WillMessage(willTopic, Encoding.UTF8.GetBytes("gone"), Retain: true),
        };
        await using var link = MqttPublisher.Start(options, TimeProvider.System);
        await foreach (var change in link.Events(CancellationToken.None).ConfigureAwait(false))
            await Console.Out.WriteLineAsync(change.Connected ? "connected" : change.Reason).ConfigureAwait(false);
    }
}
