using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Edge.Tests.Positioning;

/// <summary>Debian's gpsd between a played receiver and the source.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit disposes by IAsyncLifetime.")]
public sealed class GpsdTests : IAsyncLifetime
{
    private readonly GpsdServer gpsd = new();
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(5));
    private readonly List<Fix> fixes = [];
    private int second;
    private IFixSource source = null!;
    private Task reading = Task.CompletedTask;

    public Task InitializeAsync()
    {
        var options = new PositionOptions { Source = $"gpsd:127.0.0.1:{gpsd.Port}", StaleSeconds = 0.5, Replay = true };
        source = FixSources.Open(options, FixSources.Play(options, TimeProvider.System), new DeviceClock(TimeProvider.System), TimeProvider.System);
        reading = ReadAsync();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        stop.Dispose();
        await gpsd.DisposeAsync();
    }

    [Fact]
    public async Task A_drive_by_gpsd_is_the_drive_of_its_recorded_twin()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Data", "nmea", "reno-midnight.nmea");
        var recorded = new PositionOptions { Source = "file:" + path, Pace = 1000 };
        var time = new HurriedTime();
        var twin = FixSources.Open(recorded, FixSources.Play(recorded, time), new DeviceClock(time), time).ReadAsync(stop.Token).ToBlockingEnumerable().ToList();

        gpsd.Start();
        await MeetAsync();
        var sentences = await File.ReadAllLinesAsync(path);
        foreach (var moment in Moments(sentences))
        {
            var before = source.Health.Readings;
            await gpsd.SayAsync(moment);
            // gpsd joins what comes close together to one moment.
            await Eventually.TrueAsync(() => Task.FromResult(source.Health.Readings > before), "the moment is a fix");
        }

        // gpsd takes a date of 2005 for one after a roll-over of the week, as it should.
        var drive = Fixes().TakeLast(twin.Count).ToList();
        Assert.Equal(twin.Select(f => f.FixTime.AddDays(7168)), drive.Select(f => f.FixTime));
        Assert.All(twin.Zip(drive), p =>
        {
            Assert.InRange(p.First.At.DistanceMTo(p.Second.At), 0, 0.2);
            Assert.Equal(p.First.SpeedMps, p.Second.SpeedMps, 0.02);
            Assert.Equal(p.First.CourseDeg!.Value, p.Second.CourseDeg!.Value, 0.2);
            Assert.True(p.Second.Replay);
        });
        Assert.All(drive.Skip(1), f =>
        {
            Assert.True(f.Hdop is > 0 and < 5, $"{f.Hdop}");
            Assert.True(f.Satellites is > 3 and < 20, $"{f.Satellites}");
        });
    }

    [Fact]
    public async Task A_lost_fix_silence_and_the_end_of_gpsd_are_told_apart_and_pass()
    {
        await HealthAsync(SourceState.Missing, "gpsd tcp:");
        gpsd.Start();
        await MeetAsync();
        await HealthAsync(SourceState.Ok, null);

        await WhileAsync(() => gpsd.SayAsync(Moment(++second, fix: false)), () => source.Health is { State: SourceState.Stale, Detail: "no fix" }, "the fix is lost");
        await HealthAsync(SourceState.Stale, "no message for");
        await MeetAsync();

        await gpsd.KillAsync();
        await HealthAsync(SourceState.Missing, "gpsd tcp:");
        gpsd.Start();
        await MeetAsync();
    }

    /// <summary>The receiver speaks on until a fix has come.</summary>
    private async Task MeetAsync()
    {
        var before = source.Health.Readings;
        await WhileAsync(() => gpsd.SayAsync(Moment(++second, fix: true)), () => source.Health.Readings > before, "a fix comes");
    }

    private static async Task WhileAsync(Func<Task> step, Func<bool> until, string what) =>
        await Eventually.TrueAsync(
            async () =>
            {
                await step();
                return until();
            },
            what, TimeSpan.FromMinutes(2), TimeSpan.FromMilliseconds(100));

    private Task HealthAsync(SourceState state, string? detail) =>
        Eventually.TrueAsync(
            () => Task.FromResult(source.Health.State == state && (detail is null || source.Health.Detail?.StartsWith(detail, StringComparison.Ordinal) is true)),
            $"the receiver is {state} {detail}", TimeSpan.FromMinutes(2));

    private static IEnumerable<List<string>> Moments(string[] sentences)
    {
        List<string> moment = [];
        foreach (var sentence in sentences.Where(s => s.StartsWith('$')))
        {
            if (sentence.StartsWith("$GPRMC", StringComparison.Ordinal) && moment.Count > 0)
            {
                yield return moment;
                moment = [];
            }

            moment.Add(sentence);
        }

        yield return moment;
    }

    /// <summary>What a receiver with or without a fix says of a second of the day before the drive; gpsd knows the end of a moment by its last sentence.</summary>
    private static IEnumerable<string> Moment(int second, bool fix)
    {
        var time = string.Create(CultureInfo.InvariantCulture, $"{second / 3600:00}{second / 60 % 60:00}{second % 60:00}.00");
        string[] bodies = fix
            ? [$"GPRMC,{time},A,3923.4951,N,11946.9753,W,38.1,271.6,240905,,,A", $"GPGGA,{time},3923.4951,N,11946.9753,W,1,07,1.0,1550.2,M,-22.2,M,,", "GPGSA,A,3,04,07,08,09,11,24,26,,,,,,2.0,1.0,1.7"]
            : [$"GPRMC,{time},V,,,,,,,240905,,,N", $"GPGGA,{time},,,,,0,00,,,M,,M,,", "GPGSA,A,1,,,,,,,,,,,,,,,"];
        return bodies.Select(body => $"${body}*{body.Aggregate(0, (s, c) => s ^ c):X2}");
    }

    private async Task ReadAsync()
    {
        await foreach (var fix in source.ReadAsync(stop.Token))
        {
            lock (fixes) fixes.Add(fix);
        }
    }

    private List<Fix> Fixes()
    {
        lock (fixes) return [.. fixes];
    }
}
