using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Ingest;

/// <summary>What a vehicle is told beyond the ranges of what it sent.</summary>
public sealed class AnswerTests
{
    [Fact]
    public async Task An_acknowledgement_names_contents_and_not_only_numbers()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        WireRecord[] records = [Sample.Lamp(1), Sample.Health(4), Sample.Track(2)];
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(records));
        var ack = await AckAsync(hub, a => a.Asked is null);
        Assert.Equal([[1, 2], [4, 4]], ack.Ranges);
        Assert.Equal([Digest(records[0], records[2]), Digest(records[1])], ack.Digests!.OfType<string>());
    }

    [Fact]
    public async Task A_batch_that_only_asks_is_told_what_of_it_is_there()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(1), Sample.Track(2), Sample.Lamp(3), Sample.Lamp(5), Sample.Lamp(9)));
        hub.Broker.Up(Sample.UpTopic, Ask((2, 6), (8, 8)));
        var answer = await AckAsync(hub, a => a.Asked is not null);
        Assert.Equal([[2, 6], [8, 8]], answer.Asked!);
        Assert.Equal([[2, 3], [5, 5]], answer.Ranges);
        Assert.Equal([Digest(Sample.Track(2), Sample.Lamp(3)), Digest(Sample.Lamp(5))], answer.Digests!.OfType<string>());
        Assert.Equal((5, 0), (await hub.FigureAsync("records"), await hub.FigureAsync("duplicates")));
    }

    [Fact]
    public async Task A_question_hears_of_everything_that_was_sent_before_it()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, WireCodec.Encode(UpBatchWriter.Write(
            new UpBatch(WireCodec.Version, Sample.Vehicle, Sample.Epoch, [Sample.Json(Sample.Lamp(7))], [(1, 7)]))));
        var answer = await AckAsync(hub, a => a.Asked is not null);
        Assert.Equal([[7, 7]], answer.Ranges);
        Assert.Contains(hub.Broker.Acks, a => a.Asked is null && a.Ranges is [[7, 7]]);
    }

    [Fact]
    public async Task What_the_hub_knows_by_number_alone_is_answered_without_a_digest()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        var broken = Sample.Batch(Sample.Vehicle, Sample.Epoch, [System.Text.Encoding.UTF8.GetBytes("{\"seq\":3,\"stamp\":7}")]);
        hub.Broker.Up(Sample.UpTopic, broken);
        await hub.DrainedAsync();
        await hub.Database.WriteAsync(s => s.Execute("DELETE FROM aside"), Hub.Storage.WritePriority.Bulk, default);
        hub.Broker.Up(Sample.UpTopic, Ask((1, 10)));
        var answer = await AckAsync(hub, a => a.Asked is not null);
        Assert.Equal([[3, 3]], answer.Ranges);
        Assert.Null(Assert.Single(answer.Digests!));
    }

    [Fact]
    public async Task Another_content_of_what_was_kept_aside_is_a_fork_too()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(1) with { Duty = null }));
        await hub.DrainedAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(1)));
        var ack = await AckAsync(hub, a => a.Forks is not null);
        Assert.Equal((1L, 0), (Assert.Single(ack.Forks!), ack.Ranges.Length));
    }

    private static byte[] Ask(params (long, long)[] ranges) =>
        WireCodec.Encode(UpBatchWriter.Write(new UpBatch(WireCodec.Version, Sample.Vehicle, Sample.Epoch, [], ranges)));

    private static string Digest(params WireRecord[] records) => RangeDigest.Of([.. records.Select(r => WireCodec.ContentHash(Sample.Json(r)))]);

    private static async Task<Ack> AckAsync(TestHub hub, Func<Ack, bool> wanted)
    {
        await Support.Eventually.TrueAsync(() => hub.Broker.Acks.Any(wanted), "the answer");
        return hub.Broker.Acks.First(wanted);
    }
}
