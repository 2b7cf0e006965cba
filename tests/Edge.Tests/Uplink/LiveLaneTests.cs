using System.Diagnostics;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Uplink;

public sealed class LiveLaneTests : IDisposable
{
    private static readonly GeoPoint OnSegment = new(42.3720001, -71.112);
    private readonly DeviceClock clock = new(TimeProvider.System);
    private readonly RecordingPublisher link = new();
    private readonly CancellationTokenSource stop = new();

    public void Dispose() => stop.Dispose();

    [Fact]
    public async Task The_newest_position_goes_first_and_the_overtaken_ones_never()
    {
        using var lane = Lane(intervalMs: 100, _ => OnSegment);
        for (var i = 0; i < 50; i++) lane.Offer(At(i));
        var running = lane.RunAsync(stop.Token);
        await Eventually.TrueAsync(() => link.All.Count == 1, "one was sent");
        Assert.Equal(At(49).FixTime, Live(0).Stamp.FixTime);
        Assert.Equal(Qos.AtMostOnce, link.All.First().Qos);
        Assert.False(link.All.First().Retain);

        // The rate is bounded: three more take at least two intervals.
        var began = Stopwatch.GetTimestamp();
        for (var i = 50; link.All.Count < 4; i++)
        {
            lane.Offer(At(i));
            await Task.Yield();
        }

        Assert.True(Stopwatch.GetElapsedTime(began) >= TimeSpan.FromMilliseconds(180));
        await EndAsync(running);
    }

    [Fact]
    public async Task A_vehicle_without_a_crew_is_on_its_segment_or_nowhere()
    {
        using var lane = Lane(intervalMs: 1, fix => fix.At.Latitude > 42.3701 ? OnSegment : null);
        var running = lane.RunAsync(stop.Token);
        lane.Offer(At(0));
        lane.Offer(At(20));
        await Eventually.TrueAsync(() => !link.All.IsEmpty, "one was sent");
        await EndAsync(running);
        Assert.Equal(OnSegment.Rounded(), Live(0).At);
        Assert.Null(Live(0).Crew);
    }

    [Fact]
    public async Task Without_a_connection_nothing_waits()
    {
        link.Connect(false);
        using var lane = Lane(intervalMs: 1, _ => OnSegment);
        var running = lane.RunAsync(stop.Token);
        lane.Offer(At(1));
        link.Connect(true);
        lane.Offer(At(2));
        await Eventually.TrueAsync(() => !link.All.IsEmpty && Live(link.All.Count - 1).Stamp.FixTime == At(2).FixTime, "the newer one was sent");
        await EndAsync(running);
    }

    private LivePosition Live(int i) => WireCodec.Decode(link.All.ElementAt(i).Payload, WireJson.Default.LivePosition);

    private Fix At(int second) => ScriptedFixes.At(42.37 + (second * 1e-5), -71.112, second, clock);

    private async Task EndAsync(Task running)
    {
        await stop.CancelAsync();
        await running.ContinueWith(t => Assert.False(t.IsFaulted), TaskScheduler.Default);
    }

    private LiveLane Lane(int intervalMs, Func<Fix, GeoPoint?> place) => new(
        new UplinkOptions { LiveIntervalMs = intervalMs },
        new Topic("cambridge-ma", "bus-1", Wire.Lane.Live),
        link,
        new ShiftGate(VehicleKind.SensorOnly),
        clock,
        place,
        _ => new LiveDetail(VehicleActivity.Sensing, null, 1.5, null));
}
