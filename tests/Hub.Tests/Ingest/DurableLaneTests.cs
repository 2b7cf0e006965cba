using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Ingest;

public sealed class DurableLaneTests
{
    [Fact]
    public async Task Records_are_stored_then_acknowledged_with_their_ranges()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(1), Sample.Track(2), Sample.Health(4)));
        await hub.DrainedAsync();
        await Support.Eventually.TrueAsync(() => hub.Broker.Acks.Any(), "the acknowledgement");

        var ack = Assert.Single(hub.Broker.Acks);
        Assert.Equal(Sample.Epoch, ack.Epoch);
        Assert.Equal([[1, 2], [4, 4]], ack.Ranges);
        Assert.Null(ack.Aside);
        Assert.Equal("field/v1/cambridge-ma/unit-214/down/ack", Assert.Single(hub.Broker.Published).Topic);
        var figures = await hub.GetAsync("/api/figures");
        Assert.Equal((62, 1, 3), (figures.GetProperty("readings").GetInt64(), figures.GetProperty("observations").GetInt64(), figures.GetProperty("records").GetInt64()));
    }

    [Fact]
    public async Task The_ledger_names_every_record_with_the_hash_of_what_the_vehicle_wrote()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        WireRecord[] records = [Sample.Lamp(1), Sample.Track(2), Sample.Health(3)];
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(records));
        await hub.DrainedAsync();

        var lines = (await hub.Client.GetStringAsync(new Uri("/api/ingest/ledger?vehicle=unit-214", UriKind.Relative)))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(records.Select(r => (r.Seq, WireCodec.ContentHash(Sample.Json(r)))), lines.Select(l => (l.GetProperty("seq").GetInt64(), l.GetProperty("hash").GetString()!)));
        Assert.Equal(["lamp", "track", "health"], lines.Select(l => l.GetProperty("kind").GetString()));
        Assert.All(lines, l => Assert.Equal(Sample.Epoch, l.GetProperty("epoch").GetString()));
        var rest = await hub.Client.GetStringAsync(new Uri($"/api/ingest/ledger?vehicle=unit-214&after={lines[1].GetProperty("cursor")}", UriKind.Relative));
        Assert.Single(rest.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_track_is_read_back_fix_by_fix()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Track(1)));
        await hub.DrainedAsync();
        var from = Uri.EscapeDataString(Sample.Time.AddSeconds(9.5).ToString("O"));
        var track = await hub.GetAsync($"/api/vehicles/unit-214/track?from={from}&reason=a%20complaint");
        Assert.Equal(50, track.GetProperty("t").GetArrayLength());
        Assert.Equal(Sample.Time.AddSeconds(10).ToUnixTimeMilliseconds(), track.GetProperty("t")[0].GetInt64());
        Assert.Equal(Sample.Place.MovedByM(100, 0).Rounded().Longitude, track.GetProperty("lon")[0].GetDouble(), 6);

        // Nobody is looked after without saying why.
        using var without = await hub.Client.GetAsync(new Uri($"/api/vehicles/unit-214/track?from={from}", UriKind.Relative));
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, without.StatusCode);
        var entry = Assert.Single(await hub.Database.ReadAsync(c => Hub.Access.Audit.Read(c, long.MaxValue, 100), default), e => e.Action == "vehicle.history");
        Assert.EndsWith(": a complaint", entry.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_comes_again_is_acknowledged_again_and_applied_once()
    {
        var projection = new CountingProjection();
        await using var hub = await TestHub.StartAsync(change: s => s.AddSingleton<IProjection>(projection));
        await hub.RegisterAsync();
        for (var i = 0; i < 5; i++) hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(1), Sample.Lamp(2), Sample.Lamp(2)));
        await hub.DrainedAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(1)));
        await hub.DrainedAsync();

        Assert.Equal(["unit-214/00112233445566ff/1", "unit-214/00112233445566ff/2"], projection.Seen.Order());
        Assert.Equal(2, await hub.FigureAsync("records"));
        Assert.Equal(14, await hub.FigureAsync("duplicates"));
        await Support.Eventually.TrueAsync(() => hub.Broker.Acks.Any(a => a.Ranges is [[1, 1]]), "the last acknowledgement");
    }

    [Fact]
    public async Task The_order_of_arrival_does_not_matter()
    {
        const int seed = 42;
        var random = new Random(seed);
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        var sequence = Enumerable.Range(1, 400).Concat(Enumerable.Range(1, 400)).ToArray();
        random.Shuffle(sequence);
        foreach (var chunk in sequence.Chunk(7)) hub.Broker.Up(Sample.UpTopic, Sample.Batch([.. chunk.Select(n => Sample.Lamp(n))]));
        await hub.DrainedAsync();
        Assert.Equal((400, 400), (await hub.FigureAsync("records"), await hub.FigureAsync("duplicates")));
        var ranges = await hub.Database.ReadAsync(c => Dapper.SqlMapper.Query<(long, long)>(c, "SELECT first, last FROM ingest_ranges").ToList(), default);
        Assert.Equal([(1L, 400L)], ranges);
    }

    [Fact]
    public async Task Another_content_under_a_known_key_is_a_fork_and_kept_aside_once()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(1), Sample.Lamp(2, peakLux: 1), Sample.Lamp(2, peakLux: 2)));
        for (var i = 0; i < 3; i++)
        {
            await hub.DrainedAsync();
            hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(1, peakLux: 99)));
        }

        await hub.DrainedAsync();
        Assert.Equal((2, 2), (await hub.AsideAsync(AsideReason.Fork), await hub.FigureAsync("records")));
        await Support.Eventually.TrueAsync(() => hub.Broker.Acks.Count() == 4, "every batch is answered");
        var acks = hub.Broker.Acks.ToList();
        // Nobody knows whose number 2 is: neither content may be deleted on this word.
        Assert.Equal([[1, 1]], acks[0].Ranges);
        Assert.Equal([2], acks[0].Forks!);
        Assert.Equal([WireCodec.ContentHash(Sample.Json(Sample.Lamp(2, peakLux: 2)))], acks[0].ForkHashes!);
        Assert.All(acks[1..], a => Assert.Equal((0, 1L), (a.Ranges.Length, Assert.Single(a.Forks!))));
        Assert.All(acks, a => Assert.Null(a.Aside));
    }

    [Fact]
    public async Task The_same_numbers_in_another_epoch_or_of_another_vehicle_are_other_records()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        await hub.RegisterAsync("unit-215");
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(1)));
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Vehicle, "ffff2233445566ff", [Sample.Json(Sample.Lamp(1, peakLux: 3))]));
        hub.Broker.Up("field/v1/cambridge-ma/unit-215/up", Sample.Batch("unit-215", Sample.Epoch, [Sample.Json(Sample.Lamp(1, peakLux: 4))]));
        await hub.DrainedAsync();
        Assert.Equal((3, 0), (await hub.FigureAsync("records"), await hub.FigureAsync("duplicates")));
    }

    [Fact]
    public async Task A_crash_between_commit_and_acknowledgement_costs_one_resend_without_effect()
    {
        var folder = Directory.CreateTempSubdirectory("field-hub-").FullName;
        var broker = new FakeBroker();
        try
        {
            broker.Durable.DieBeforeAcknowledging = true;
            await using (var dying = await TestHub.StartAsync(broker, folder))
            {
                await dying.RegisterAsync();
                broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(1), Sample.Lamp(2)));
                await Support.Eventually.TrueAsync(
                    async () => await dying.Database.ReadAsync(c => Dapper.SqlMapper.QuerySingle<long>(c, "SELECT COUNT(*) FROM readings"), default) == 2, "the commit");
            }

            Assert.Equal((1, 0), (broker.Durable.Waiting, broker.Acks.Count()));
            broker.Durable.DieBeforeAcknowledging = false;
            var projection = new CountingProjection();
            await using var hub = await TestHub.StartAsync(broker, folder, change: s => s.AddSingleton<IProjection>(projection));
            await hub.DrainedAsync();
            await Support.Eventually.TrueAsync(() => broker.Acks.Any(), "the acknowledgement");
            Assert.Equal([[1, 2]], Assert.Single(broker.Acks).Ranges);
            Assert.Equal((2, 2), (await hub.FigureAsync("records"), await hub.FigureAsync("duplicates")));
            Assert.Empty(projection.Seen);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Readings_ranges_and_events_stand_or_fall_together()
    {
        // A projection that fails on the store: the batch is tried again as a whole until the store recovers.
        var projection = new CountingProjection { StoreTroubles = 3 };
        await using var hub = await TestHub.StartAsync(change: s => s.AddSingleton<IProjection>(projection));
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(1), Sample.Lamp(2)));
        await hub.DrainedAsync();
        Assert.Equal(0, projection.StoreTroubles);
        Assert.Equal((2, 0), (await hub.FigureAsync("records"), await hub.FigureAsync("duplicates")));
        Assert.Equal(0, await hub.AsideAsync(AsideReason.ProjectionFailed));
    }

    [Fact]
    public async Task A_full_disk_is_said_once_and_nothing_is_acknowledged_until_there_is_room()
    {
        var projection = new CountingProjection { StoreTroubles = int.MaxValue };
        var said = new SaidLines();
        await using var hub = await TestHub.StartAsync(change: s => s.AddSingleton<IProjection>(projection).AddSingleton<ILoggerProvider>(said));
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(1)));
        await Support.Eventually.TrueAsync(() => projection.StoreTroubles < int.MaxValue - 3, "it is tried again and again");
        Assert.Equal((1, 0), (hub.Broker.Durable.Waiting, hub.Broker.Acks.Count()));
        Assert.Single(said.Lines, l => l.StartsWith("The disk is full", StringComparison.Ordinal));
        Assert.DoesNotContain(said.Lines, l => l.Contains("could not be stored", StringComparison.Ordinal));

        projection.StoreTroubles = 0;
        await hub.DrainedAsync();
        await Support.Eventually.TrueAsync(() => hub.Broker.Acks.Any(), "the acknowledgement");
        Assert.Single(said.Lines, l => l.StartsWith("The disk has room again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_poison_record_is_kept_aside_and_its_neighbours_are_applied()
    {
        var projection = new CountingProjection { Poison = [13, 77] };
        await using var hub = await TestHub.StartAsync(change: s => s.AddSingleton<IProjection>(projection));
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch([.. Enumerable.Range(1, 100).Select(n => Sample.Lamp(n))]));
        await hub.DrainedAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(101), Sample.Lamp(13)));
        await hub.DrainedAsync();
        // Stored all the same: the vehicle forgets them now, and a corrected hub can fold them in.
        Assert.Equal((101, 2), (await hub.FigureAsync("records"), await hub.AsideAsync(AsideReason.ProjectionFailed)));
        Assert.Equal(99, projection.Committed(await hub.Database.ReadAsync(c => Dapper.SqlMapper.Query<long>(c, "SELECT seq FROM readings").ToList(), default)));
        await Support.Eventually.TrueAsync(() => hub.Broker.Acks.Any(a => a.Ranges is [[1, 100]] && a.Aside?.Length == 2), "the vehicle is told");
    }

    private sealed class CountingProjection : IProjection
    {
        public List<string> Seen { get; } = [];

        public long[] Poison { get; init; } = [];

        public int StoreTroubles { get; set; }

        public int Committed(IReadOnlyList<long> stored) => stored.Distinct().Count(seq => !Poison.Contains(seq));

        public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
        {
            if (StoreTroubles > 0)
            {
                StoreTroubles--;
                throw new Microsoft.Data.Sqlite.SqliteException("database or disk is full", 13);
            }

            if (records.Any(r => Poison.Contains(r.Record.Seq))) throw new InvalidOperationException("poison");
            Seen.AddRange(records.Select(r => r.Key));
        }
    }
}
