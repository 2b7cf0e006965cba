using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Ingest;

/// <summary>Tracks lie in one file a day, and still stand or fall with the rest of their batch.</summary>
public sealed class TrackFilesTests
{
    private static readonly DateTimeOffset Noon = new(TimeProvider.System.GetUtcNow().Date.AddDays(-3).AddHours(12), TimeSpan.Zero);

    [Fact]
    public async Task Every_day_has_its_file_and_a_window_over_several_is_read_as_one()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(At(1, Noon), At(2, Noon.AddDays(-1)), At(3, Noon.AddDays(1)), Sample.Lamp(4)));
        await hub.DrainedAsync();
        Assert.Equal(
            new[] { -1, 0, 1 }.Select(d => $"{Noon.AddDays(d):yyyy-MM-dd}.db"),
            Directory.GetFiles(Path.Combine(hub.Folder, "tracks"), "*.db").Select(Path.GetFileName).Order());
        Assert.All(Directory.GetFiles(Path.Combine(hub.Folder, "tracks")), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
        var track = await hub.GetAsync($"/api/vehicles/unit-214/track?from={Text(Noon.AddDays(-2))}&to={Text(Noon.AddDays(2))}&reason=test");
        Assert.Equal(
            new[] { -1, 0, 1 }.Select(d => Noon.AddDays(d).ToUnixTimeMilliseconds()),
            track.GetProperty("t").EnumerateArray().Select(t => t.GetInt64()).Where(t => t % 60_000 == 0));
        Assert.Equal(180, track.GetProperty("t").GetArrayLength());
        Assert.Equal(4, (await LedgerAsync(hub)).Length);
    }

    [Fact]
    public async Task A_batch_that_was_given_up_after_its_day_committed_comes_again_and_takes_its_own_place()
    {
        var projection = new FailingProjection { Failures = 2 };
        await using var hub = await TestHub.StartAsync(change: s => s.AddSingleton<IProjection>(projection));
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(At(1, Noon), At(2, Noon.AddDays(1)), Sample.Lamp(3)));
        await hub.DrainedAsync();
        Assert.Equal(0, projection.Failures);
        Assert.Equal((3, 0), (await hub.FigureAsync("records"), await hub.FigureAsync("duplicates")));
        Assert.Equal(3, (await LedgerAsync(hub)).Length);
    }

    [Fact]
    public async Task What_memory_knew_of_a_transaction_that_was_given_up_is_read_again()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(1), At(2, Noon)));
        await hub.DrainedAsync();
        var deduplicate = hub.Services.GetRequiredService<DeduplicateStep>();
        var vehicle = (await hub.RegisterAsync())!;
        var incoming = new Incoming(vehicle, Sample.UpTopic, Sample.Epoch, SourceId.Of(vehicle.Id, Sample.Epoch), 3, Sample.Json(Sample.Lamp(3)), "x", Noon);
        await Assert.ThrowsAsync<IOException>(() => hub.Database.WriteAsync(scope =>
        {
            deduplicate.Run(scope, [incoming]);
            throw new IOException("the disk is gone");
        }, WritePriority.Interactive, default));
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(3)));
        await hub.DrainedAsync();
        Assert.Equal((3, 0), (await hub.FigureAsync("records"), await hub.FigureAsync("duplicates")));
    }

    [Fact]
    public async Task A_track_of_another_day_under_a_known_number_is_a_fork_and_the_same_one_is_not()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(At(1, Noon), Sample.Lamp(2)));
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(At(1, Noon)));
        await hub.DrainedAsync();
        Assert.Equal((1, 0), (await hub.FigureAsync("duplicates"), await hub.AsideAsync(AsideReason.Fork)));
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(At(1, Noon.AddDays(1)), At(2, Noon)));
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(1)));
        await hub.DrainedAsync();
        Assert.Equal((1, 3), (await hub.FigureAsync("duplicates"), await hub.AsideAsync(AsideReason.Fork)));
        Assert.Equal(2, (await LedgerAsync(hub)).Length);
    }

    [Fact]
    public async Task A_long_track_is_kept_compressed_and_read_back_byte_for_byte()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        var json = Sample.Json(At(1, Noon));
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(At(1, Noon)));
        await hub.DrainedAsync();
        var files = hub.Services.GetRequiredService<TrackStore>().Files;
        var body = files.Read(files.Days()[0], c => Dapper.SqlMapper.QuerySingle<byte[]>(c, "SELECT body FROM tracks"), []);
        Assert.True(body.Length < json.Length / 2, $"{body.Length} of {json.Length} bytes");
        Assert.Equal(json, StoredBody.Unpack(body).ToArray());
    }

    [Fact]
    public async Task A_year_in_which_nobody_drove_yet_makes_no_file_of_its_own()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch([.. Enumerable.Range(1, 30).Select(n => At(n, Noon.AddYears(-20).AddDays(n)))]));
        await hub.DrainedAsync();
        Assert.Single(Directory.GetFiles(Path.Combine(hub.Folder, "tracks"), "*.db"));
        Assert.Equal(30, await hub.FigureAsync("records"));
    }

    private static WireRecord At(long seq, DateTimeOffset start) => Sample.Track(seq) with
    {
        Track = Track.FromFixes([.. Enumerable.Range(0, 60).Select(i => new TrackFix(start.AddSeconds(i), Sample.Place.MovedByM(i * 10, 0).Rounded(), 10, 90, 0.9))]),
    };

    private static string Text(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("O"));

    private static async Task<string[]> LedgerAsync(TestHub hub) =>
        (await hub.Client.GetStringAsync(new Uri("/api/ingest/ledger?vehicle=unit-214", UriKind.Relative))).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private sealed class FailingProjection : IProjection
    {
        public int Failures { get; set; }

        public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
        {
            if (Failures == 0) return;
            Failures--;
            throw new Microsoft.Data.Sqlite.SqliteException("database or disk is full", 13);
        }
    }
}
