using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Fleet.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Sensed;

/// <summary>Hands a simulated vehicle's readings to the agent's sensing as they come, on the same thread.</summary>
public sealed class PipelineFeed(SensingPipeline pipeline, double blockSeconds) : ISensorFeed
{
    private readonly List<AccelSample> _block = [];
    private readonly SteadyFixes _steady = new();

    public void Fix(DateTimeOffset time, GeoPoint at, double speedMps, double? courseDeg, double hdop, int satellites) => Give(_steady.Next(new Fix
    {
        FixTime = time,
        DeviceTime = time,
        MonotonicMs = time.ToUnixTimeMilliseconds(),
        At = at.Rounded(),
        SpeedMps = speedMps,
        CourseDeg = courseDeg,
        Hdop = hdop,
        Satellites = satellites,
    }));

    public void Motion(DateTimeOffset first, TimeSpan step, ReadOnlySpan<(float X, float Y, float Z)> samples)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            var time = first + step * i;
            _block.Add(new AccelSample(time, samples[i].X, samples[i].Y, samples[i].Z));
            if ((time - _block[0].Time).TotalSeconds < blockSeconds) continue;
            Give(new AccelBlock(time, time.ToUnixTimeMilliseconds(), [.. _block]));
            _block.Clear();
        }
    }

    public void Light(DateTimeOffset time, double lux) => Give(new LuxSample(time, lux, time, time.ToUnixTimeMilliseconds()));

    public void Flush()
    {
    }

    /// <summary>Nothing more will come: what waits is concluded.</summary>
    public void End() => Ended(pipeline.EndAsync(CancellationToken.None));

    private void Give(object reading) => Ended(pipeline.TakeAsync(reading, CancellationToken.None));

    // Its sink takes at once, so that there is never anything to wait for.
    private static void Ended(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully) task.AsTask().GetAwaiter().GetResult();
    }
}
