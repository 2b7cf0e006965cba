using System.Text;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Edge.Tests.Link;

/// <summary>What the tests of both kinds of session share.</summary>
internal static class LinkTest
{
    public static LinkOptions Options(int port, string clientId = "vehicle-1") => new()
    {
        Host = "127.0.0.1",
        Port = port,
        ClientId = clientId,
        ReconnectFirst = TimeSpan.FromMilliseconds(50),
        ReconnectLongest = TimeSpan.FromMilliseconds(400),
    };

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(LinkMessage message) => Encoding.UTF8.GetString(message.Payload.Span);

    public static async Task<MqttPublisher> ConnectAsync(LinkOptions options)
    {
        var link = MqttPublisher.Start(options, TimeProvider.System);
        await Eventually.TrueAsync(() => link.IsConnected, $"{options.ClientId} connects");
        return link;
    }

    public static async Task<T> FirstAsync<T>(IAsyncEnumerable<T> source, Func<T, bool> wanted)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await foreach (var item in source.WithCancellation(late.Token))
        {
            if (wanted(item)) return item;
        }

        throw new InvalidOperationException("the stream ended");
    }
}
