using System.Text;
using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Support;

/// <summary>Reads batches from a persistent session and commits each payload as a line of a file, then acknowledges.</summary>
internal static class Consumer
{
    public const string ClientId = "consumer";

    public static async Task RunAsync(int port, string topic, string file, int most)
    {
        var options = new LinkOptions { Host = "127.0.0.1", Port = port, ClientId = ClientId, Subscriptions = [topic], CleanSession = false, BatchSize = 500 };
        await using var reader = MqttBatchReader.Start(options, TimeProvider.System);
        await using var committed = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        var rows = 0L;
        while (true)
        {
            var batch = await reader.ReadBatchAsync(CancellationToken.None).ConfigureAwait(false);
            // The line end comes first, so that a torn line of a killed run never joins the next.
            var lines = string.Concat(batch.Select(m => "\n" + Encoding.UTF8.GetString(m.Payload.Span)));
            // A commit takes a while: that is when a kill must find messages read and not acknowledged.
            await Task.Delay(20).ConfigureAwait(false);
            committed.Write(Encoding.UTF8.GetBytes(lines + "\n"));
            committed.Flush(flushToDisk: true);
            rows += batch.Count;
            if (rows >= most) await Task.Delay(Timeout.Infinite).ConfigureAwait(false);
            await reader.AcknowledgeBatchAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
