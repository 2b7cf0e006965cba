using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Vehicles;

/// <summary>Feeds an agent of this process: the three sources that the agent reads, filled by the simulation.</summary>
public sealed class InProcessFeed(DeviceClock clock) : ISensorFeed
{
    private readonly Source<Fix> _fixes = new();
    private readonly Source<AccelBlock> _motion = new();
    private readonly Source<LuxSample> _light = new();
    private readonly List<AccelSample> _block = new(128);

    public IFixSource Fixes => _fixes;

    public IAccelerometerSource Accelerometer => _motion;

    public ILuxSource Lux => _light;

    public void Fix(DateTimeOffset time, GeoPoint at, double speedMps, double? courseDeg, double hdop, int satellites)
    {
        // Motion up to the fix goes first, as it would over the wires.
        Flush();
        _fixes.Give(new Fix
        {
            FixTime = time,
            DeviceTime = clock.Now,
            MonotonicMs = clock.MonotonicMs,
            At = at.Rounded(),
            SpeedMps = Math.Round(speedMps, 2),
            CourseDeg = courseDeg is { } c ? Math.Round(c, 1) : null,
            Hdop = hdop,
            Satellites = satellites,
            Replay = true,
        });
    }

    public void Motion(DateTimeOffset first, TimeSpan step, ReadOnlySpan<(float X, float Y, float Z)> samples)
    {
        for (var i = 0; i < samples.Length; i++) _block.Add(new AccelSample(first + step * i, samples[i].X, samples[i].Y, samples[i].Z));
    }

    public void Light(DateTimeOffset time, double lux) => _light.Give(new LuxSample(time, Math.Round(lux, 2), clock.Now, clock.MonotonicMs));

    public void Flush()
    {
        if (_block.Count == 0) return;
        _motion.Give(new AccelBlock(clock.Now, clock.MonotonicMs, [.. _block]));
        _block.Clear();
    }

    private sealed class Source<T> : IFixSource, IAccelerometerSource, ILuxSource
    {
        private readonly Channel<T> _channel = Channel.CreateBounded<T>(
            new BoundedChannelOptions(2_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true });

        public SourceHealth Health { get; } = new(SourceState.Ok);

        public void Give(T reading) => _channel.Writer.TryWrite(reading);

        IAsyncEnumerable<Fix> IFixSource.ReadAsync(CancellationToken stop) => Read<Fix>(stop);

        IAsyncEnumerable<AccelBlock> IAccelerometerSource.ReadAsync(CancellationToken stop) => Read<AccelBlock>(stop);

        IAsyncEnumerable<LuxSample> ILuxSource.ReadAsync(CancellationToken stop) => Read<LuxSample>(stop);

        private async IAsyncEnumerable<TRead> Read<TRead>([EnumeratorCancellation] CancellationToken stop)
        {
            await foreach (var reading in _channel.Reader.ReadAllAsync(stop).ConfigureAwait(false)) yield return (TRead)(object)reading!;
        }
    }
}
