using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Fleet.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Bench.Sensing;

/// <summary>Keeps what a simulated vehicle's sensors give, in order: fixes, blocks of 50 samples at 100 Hz, light at 10 Hz.</summary>
internal sealed class DrivenReadings : ISensorFeed
{
    private const int BlockSamples = 50;

    private readonly List<AccelSample> _block = new(BlockSamples);

    public List<object> All { get; } = [];

    public void Fix(DateTimeOffset time, GeoPoint at, double speedMps, double? courseDeg, double hdop, int satellites) => All.Add(new Fix
    {
        FixTime = time,
        DeviceTime = time,
        MonotonicMs = time.ToUnixTimeMilliseconds(),
        At = at.Rounded(),
        SpeedMps = speedMps,
        CourseDeg = courseDeg,
        Hdop = hdop,
        Satellites = satellites,
        Replay = true,
    });

    public void Motion(DateTimeOffset first, TimeSpan step, ReadOnlySpan<(float X, float Y, float Z)> samples)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            _block.Add(new AccelSample(first + step * i, samples[i].X, samples[i].Y, samples[i].Z));
            if (_block.Count < BlockSamples) continue;
            All.Add(new AccelBlock(first + step * i, (first + step * i).ToUnixTimeMilliseconds(), [.. _block]));
            _block.Clear();
        }
    }

    public void Light(DateTimeOffset time, double lux) => All.Add(new LuxSample(time, lux, time, time.ToUnixTimeMilliseconds()));

    public void Flush()
    {
    }
}
