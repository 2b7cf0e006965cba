using System.Net;
using System.Net.Sockets;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Recordings;
using ThreeOneOne.Field.Edge.Tests.Positioning;

namespace ThreeOneOne.Field.Edge.Tests.Recordings;

public sealed class RecordedTwinTests : IDisposable
{
    private static readonly DateTimeOffset Recorded = new(2025, 10, 1, 1, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("twins-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        return "file:" + path;
    }

    private static long Ms(double seconds) => Recorded.AddSeconds(seconds).ToUnixTimeMilliseconds();

    private static string Rmc(int second, string at = "4222.0")
    {
        var body = $"GPRMC,0100{second:00},A,{at},N,07106.0,W,19.4,0,011025,,,A";
        return $"${body}*{body.Aggregate(0, (s, c) => s ^ c):X2}";
    }

    [Fact]
    public void Motion_and_light_are_moved_by_the_same_constant_as_the_position()
    {
        var time = new HurriedTime();
        var clock = new DeviceClock(time);
        var position = new PositionOptions { Source = Write("drive.nmea", Enumerable.Range(0, 10).Select(i => Rmc(i))), RebaseTo = new DateTimeOffset(2026, 2, 1, 3, 0, 0, TimeSpan.Zero) };
        var playback = FixSources.Play(position, time);
        var motion = new RecordedAccelerometer(new MotionOptions { Source = Write("a.csv", Enumerable.Range(0, 120).Select(i => $"{Ms(i / 100.0)},0.1,-0.2,9.8")) }, playback, clock, time);
        var light = new RecordedLux(new LightOptions { Source = Write("l.csv", Enumerable.Range(0, 20).Select(i => $"{Ms(i / 10.0)},{i}.5")) }, playback, clock, time);

        var fixes = FixSources.Open(position, playback, clock, time).ReadAsync(CancellationToken.None).ToBlockingEnumerable().ToList();
        var blocks = motion.ReadAsync(CancellationToken.None).ToBlockingEnumerable().ToList();
        var lux = light.ReadAsync(CancellationToken.None).ToBlockingEnumerable().ToList();

        Assert.Equal(position.RebaseTo, fixes[0].FixTime);
        Assert.Equal([50, 50, 20], blocks.Select(b => b.Samples.Count));
        Assert.Equal(position.RebaseTo, blocks[0].Samples[0].Time);
        Assert.Equal(9.8f, blocks[0].Samples[0].Z);
        Assert.Equal(position.RebaseTo.Value.AddSeconds(1.9), lux[^1].Time);
        Assert.Equal(19.5, lux[^1].Lux);
    }

    [Fact]
    public void Lines_that_cannot_be_read_are_counted_and_skipped()
    {
        var time = new HurriedTime();
        var source = new RecordedLux(
            new LightOptions { Source = Write("bad.csv", ["time,lux", $"{Ms(0)},1.5", $"{Ms(1)},NaN", $"{Ms(2)}", $"{Ms(3)},2,3", "0,5", $"{Ms(4)},-1", "", new string('x', 5000), $"{Ms(5)},2.5"]) },
            FixSources.Play(new PositionOptions(), time), new DeviceClock(time), time);

        var lux = source.ReadAsync(CancellationToken.None).ToBlockingEnumerable().Select(s => s.Lux).ToList();

        Assert.Equal([1.5, 2.5], lux);
        Assert.Equal(7, source.Health.Unreadable);
        Assert.Equal(SourceState.Missing, source.Health.State);
    }

    [Fact]
    public async Task A_recording_without_any_fix_plays_nothing_beside_it()
    {
        var time = new HurriedTime();
        var position = new PositionOptions { Source = "file:/no/such/drive.nmea", RebaseTo = Recorded };
        var light = new RecordedLux(new LightOptions { Source = Write("l.csv", [$"{Ms(0)},1"]) }, FixSources.Play(position, time), new DeviceClock(time), time);
        using var stop = new CancellationTokenSource();

        var first = light.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token).MoveNextAsync().AsTask();
        Assert.False(first.IsCompleted);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
    }

    [Fact]
    public async Task A_sender_that_goes_away_is_opened_again()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = new PositionOptions { Source = $"tcp:127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", Replay = true };
        var source = FixSources.Open(options, FixSources.Play(options, TimeProvider.System), new DeviceClock(TimeProvider.System), TimeProvider.System);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var fixes = source.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);

        var next = fixes.MoveNextAsync().AsTask();
        await SendAsync(0, 1);
        Assert.True(await next);
        Assert.Equal(0, fixes.Current.FixTime.Second);
        Assert.True(fixes.Current.Replay);
        Assert.Equal(10, fixes.Current.SpeedMps, 0.1);
        Assert.True(await fixes.MoveNextAsync());
        Assert.Equal(1, fixes.Current.FixTime.Second);

        next = fixes.MoveNextAsync().AsTask();
        await SendAsync(7, 8);
        Assert.True(await next);
        Assert.Equal(7, fixes.Current.FixTime.Second);
        Assert.Equal(SourceState.Ok, source.Health.State);

        async Task SendAsync(params int[] seconds)
        {
            using var client = await listener.AcceptTcpClientAsync(stop.Token);
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(string.Concat(seconds.Select(s => Rmc(s) + "\r\n"))), stop.Token);
        }
    }

    [Fact]
    public async Task Silence_is_stale_on_the_wall_clock()
    {
        var time = new HurriedTime();
        var meter = new SourceMeter(5, time);
        Assert.Equal("unknown: nothing heard yet", meter.Health.ToString());
        meter.Gave();
        Assert.Equal("ok", meter.Health.ToString());
        await Task.Delay(TimeSpan.FromSeconds(12), time);
        Assert.Equal("stale: no message for 12 s", meter.Health.ToString());
        meter.Heard();
        meter.Unusable("no fix");
        Assert.Equal("stale: no fix", meter.Health.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("file:")]
    [InlineData("tcp:host")]
    [InlineData("tcp:host:0")]
    [InlineData("tcp:host:99999")]
    [InlineData("udp:host:1")]
    public void An_address_of_another_form_is_refused_in_words(string text)
    {
        Assert.False(LineAddress.TryParse(text, out _));
        Assert.Contains("expected file:PATH", Assert.Throws<FormatException>(() => LineAddress.Parse(text)).Message);
    }

    [Fact]
    public void A_gpx_track_gives_fixes_with_speed_and_course()
    {
        var gpx = Path.Combine(_folder, "walk.gpx");
        File.WriteAllText(gpx, """
            <?xml version="1.0"?>
            <gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
              <trkpt lat="42.370000" lon="-71.110000"><ele>5</ele><time>2025-10-01T01:00:00Z</time><hdop>0.8</hdop></trkpt>
              <trkpt lat="42.370090" lon="-71.110000"><time>2025-10-01T01:00:01Z</time></trkpt>
              <trkpt lat="0" lon="0"><time>2025-10-01T01:00:02Z</time></trkpt>
              <trkpt lat="42.370180" lon="-71.110000"></trkpt>
              <trkpt lat="42.370180" lon="-71.110000"><time>2025-10-01T01:00:02Z</time></trkpt>
            </trkseg></trk></gpx>
            """);
        var time = new HurriedTime();
        var options = new PositionOptions { Source = "file:" + gpx, RebaseTo = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        var source = FixSources.Open(options, FixSources.Play(options, time), new DeviceClock(time), time);

        var fixes = source.ReadAsync(CancellationToken.None).ToBlockingEnumerable().ToList();

        Assert.Equal(3, fixes.Count);
        Assert.Equal(options.RebaseTo.Value.AddSeconds(2), fixes[2].FixTime);
        Assert.Equal(10, fixes[1].SpeedMps, 0.1);
        Assert.Equal(0, fixes[1].CourseDeg!.Value, 0.1);
        Assert.Equal(0.8, fixes[0].Hdop);
        Assert.Equal(2, source.Health.Unreadable);
    }
}
