using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using static ThreeOneOne.Field.Edge.Tests.Link.LinkTest;

namespace ThreeOneOne.Field.Edge.Tests.Link;

public sealed class MqttBatchReaderTests
{
    private static readonly string[] Queue = ["allow_anonymous true", "max_queued_messages 100000"];

    [Theory]
    [InlineData(MqttProtocol.V5)]
    [InlineData(MqttProtocol.V311)]
    public async Task An_acknowledged_batch_is_gone_and_the_next_one_follows(MqttProtocol protocol)
    {
        await using var broker = await MosquittoServer.StartAsync(Queue);
        await using (var reader = await StartReaderAsync(Durable(broker.Port) with { Protocol = protocol }))
        {
            await PublishAsync(broker.Port, 1, 3);
            Assert.Equal(["1", "2", "3"], await ReadAsync(reader, 3));
            await PublishAsync(broker.Port, 4, 5);
            Assert.Equal(["4", "5"], await ReadAsync(reader, 2));
        }

        await using var again = await StartReaderAsync(Durable(broker.Port) with { Protocol = protocol });
        await PublishAsync(broker.Port, 6, 6);
        Assert.Equal(["6"], await ReadAsync(again, 1));
    }

    [Fact]
    public async Task A_batch_without_acknowledgement_comes_again_after_the_reader_is_disposed()
    {
        await using var broker = await MosquittoServer.StartAsync(Queue);
        await using (var reader = await StartReaderAsync(Durable(broker.Port)))
        {
            await PublishAsync(broker.Port, 1, 1);
            Assert.Equal("1", Text(Assert.Single(await reader.ReadBatchAsync(default))));
        }

        await using var again = await StartReaderAsync(Durable(broker.Port));
        Assert.Equal(["1"], await ReadAsync(again, 1));
    }

    [Fact]
    public async Task No_batch_is_larger_than_its_limit_and_the_rest_waits_in_the_broker()
    {
        await using var broker = await MosquittoServer.StartAsync(Queue);
        await using var reader = await StartReaderAsync(Durable(broker.Port) with { BatchSize = 10 });
        await PublishAsync(broker.Port, 1, 95);

        var read = new List<string>();
        while (read.Count < 95)
        {
            var batch = await reader.ReadBatchAsync(default);
            Assert.InRange(batch.Count, 1, 10);
            read.AddRange(batch.Select(Text));
            await reader.AcknowledgeBatchAsync(default);
        }

        Assert.Equal(Enumerable.Range(1, 95).Select(i => $"{i}"), read);
    }

    [Fact]
    public async Task Messages_over_TLS_never_lie_in_the_cipher_layer_until_the_next_one()
    {
        using var certificates = new TestCertificates();
        await using var broker = await MosquittoServer.StartAsync(
            [
                .. Queue, "cafile {folder}/ca.crt", "certfile {folder}/server.crt", "keyfile {folder}/server.key",
                "require_certificate true", "use_identity_as_username true",
            ], certificates.ServerFiles());
        var tls = certificates.Client("hub");
        await using var reader = await StartReaderAsync(Durable(broker.Port) with { Tls = tls });
        await using var sender = await ConnectAsync(Options(broker.Port, "sender") with { Tls = tls });

        for (var round = 0; round < 20; round++)
        {
            var first = round * 100 + 1;
            await Task.WhenAll(Enumerable.Range(first, 100).Select(i => sender.PublishAsync("up", Bytes($"{i}"), Qos.AtLeastOnce, false, default).AsTask()));
            Assert.Equal(Enumerable.Range(first, 100).Select(i => $"{i}"), await ReadAsync(reader, 100));
        }
    }

    [Fact]
    public async Task The_reader_comes_back_after_the_broker_was_killed_even_with_a_batch_in_hand()
    {
        await using var broker = await MosquittoServer.StartAsync(Queue);
        await using var reader = await StartReaderAsync(Durable(broker.Port));
        await PublishAsync(broker.Port, 1, 1);
        Assert.Single(await reader.ReadBatchAsync(default));

        await broker.KillAsync();
        await broker.StartAgainAsync();
        await reader.AcknowledgeBatchAsync(default);

        // The killed broker forgot the session, so what is sent before the reader is back goes nowhere.
        var read = ReadAsync(reader, 1);
        await Eventually.TrueAsync(
            async () =>
            {
                await PublishAsync(broker.Port, 2, 2);
                return read.IsCompleted;
            },
            "the reader is back");
        Assert.Equal("2", (await read)[0]);
    }

    [Fact]
    public async Task A_read_can_be_cancelled_and_done_again()
    {
        await using var broker = await MosquittoServer.StartAsync(Queue);
        await using var reader = await StartReaderAsync(Durable(broker.Port));
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader.ReadBatchAsync(soon.Token).AsTask());

        await PublishAsync(broker.Port, 1, 1);
        Assert.Equal(["1"], await ReadAsync(reader, 1));
    }

    [Fact]
    public async Task A_consumer_killed_three_times_in_a_backlog_loses_no_row()
    {
        const int Messages = 20_000;
        await using var broker = await MosquittoServer.StartAsync(Queue);
        using var folder = new ServerFolder("consumer");
        var file = folder.Write("rows", "");
        await using (await StartReaderAsync(Durable(broker.Port) with { ClientId = "consumer" }))
        {
            // Only leaves a session whose queue fills.
        }

        await PublishAsync(broker.Port, 1, Messages);
        for (var kill = 1; kill <= 3; kill++)
        {
            await using var victim = SupportProgram.Consume(broker.Port, "up", file, most: 3_000);
            var enough = new FileInfo(file).Length + 10_000;
            await Eventually.TrueAsync(() => victim.HasExited || new FileInfo(file).Length > enough, "some rows are committed");
            Assert.False(victim.HasExited, victim.Output);
            await victim.KillAsync();
        }

        Assert.True(Rows(file).Count < Messages, "the consumer finished before the last kill: nothing was shown");
        await using var last = SupportProgram.Consume(broker.Port, "up", file);
        await Eventually.TrueAsync(() => Rows(file).Count == Messages, "all rows are there");
    }

    private static HashSet<string> Rows(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static LinkOptions Durable(int port) =>
        Options(port, "hub-durable") with { Subscriptions = ["up"], CleanSession = false };

    private static async Task<MqttBatchReader> StartReaderAsync(LinkOptions options)
    {
        var reader = MqttBatchReader.Start(options, TimeProvider.System);
        await Eventually.TrueAsync(() => reader.IsConnected, $"the reader connects; {reader.LastFailure}");
        return reader;
    }

    private static async Task<List<string>> ReadAsync(MqttBatchReader reader, int count)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var read = new List<string>();
        while (read.Count < count)
        {
            read.AddRange((await reader.ReadBatchAsync(late.Token)).Select(Text));
            await reader.AcknowledgeBatchAsync(late.Token);
        }

        return read;
    }

    private static async Task PublishAsync(int port, int first, int last)
    {
        await using var sender = await ConnectAsync(Options(port, "sender"));
        foreach (var chunk in Enumerable.Range(first, last - first + 1).Chunk(1_000))
        {
            var answers = await Task.WhenAll(chunk.Select(i => sender.PublishAsync("up", Bytes($"{i}"), Qos.AtLeastOnce, false, default).AsTask()));
            Assert.All(answers, a => Assert.Equal(DeliveryResult.Accepted, a));
        }
    }
}
