using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// Places every sample between the two fixes that enclose it in GPS time, and hands it through the ordered list of steps.
/// Samples wait for the fix that follows them, at most a minute; one that cannot be placed gives no observation.
/// </summary>
public sealed class SensingPipeline
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly ILogger _log;
    private readonly SensingStep[] _steps;
    private readonly ObservationCut _cut;
    private readonly IObservationSink _sink;
    private readonly FixTrail _trail;
    private readonly Queue<MotionReading> _motion = [];
    private readonly Queue<LuxSample> _light = [];
    private DateTimeOffset _newestMotion;
    private DateTimeOffset _newestLight;
    private double? _latestLux;
    private double? _latestShock;
    private long _taken;

    public SensingPipeline(SensingOptions options, SensingCity city, VehicleKind kind, DeviceClock clock, IObservationSink sink, ILoggerFactory log)
    {
        _log = log.CreateLogger<SensingPipeline>();
        _sink = sink;
        _trail = new FixTrail(options.MaxFixGapSeconds);
        _cut = new ObservationCut(kind, city.Streets, clock);
        // The order matters: a stretch counts the shocks that were concluded before it.
        SensingStep[] road = [new ShockStep(options), new RoughnessStep(options)];
        _steps = city.Poles is null ? road : [.. road, new LampStep(options, city.Poles)];
    }

    /// <summary>Latest illuminance, lux, for the unit's card.</summary>
    public double? LatestLux => _latestLux;

    /// <summary>Largest vertical acceleration without gravity of the latest block, m/s², for the unit's card.</summary>
    public double? LatestShockMps2 => _latestShock;

    /// <summary>Readings taken since the start.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Samples that could not be placed since the start.</summary>
    public long Unplaced { get; private set; }

    /// <summary>Senses until all sources have ended or <paramref name="stop"/> is cancelled; a source that fails ends alone.</summary>
    public async Task RunAsync(ChannelReader<Fix> fixes, IAccelerometerSource? motion, ILuxSource? light, CancellationToken stop)
    {
        // Bounded: a reader that is ahead waits, so that recordings cannot fill the memory.
        var readings = Channel.CreateBounded<object>(new BoundedChannelOptions(256) { SingleReader = true });
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var end = ending.Token;
        var readers = Task.WhenAll(
            ReadAsync(fixes.ReadAllAsync(end), "position"),
            motion is null ? Task.CompletedTask : ReadAsync(motion.ReadAsync(end), "motion"),
            light is null ? Task.CompletedTask : ReadAsync(Boxed(light.ReadAsync(end)), "light"));
        var closing = readers.ContinueWith(_ => readings.Writer.Complete(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            await foreach (var reading in readings.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                if (!stop.IsCancellationRequested) await TakeAsync(reading, stop).ConfigureAwait(false);
            }
        }
        finally
        {
            // After a bug the next run must find its sources alone.
            await ending.CancelAsync().ConfigureAwait(false);
            await closing.ConfigureAwait(false);
        }

        if (!stop.IsCancellationRequested) await EndAsync(stop).ConfigureAwait(false);

        async Task ReadAsync(IAsyncEnumerable<object> source, string name)
        {
            try
            {
                await foreach (var item in source.ConfigureAwait(false)) await readings.Writer.WriteAsync(item, end).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
            }
            catch (Exception e) when (e is IOException or InvalidDataException or ChannelClosedException)
            {
                SensingLog.SourceEnded(_log, name, e);
            }
        }

        static async IAsyncEnumerable<object> Boxed(IAsyncEnumerable<LuxSample> samples)
        {
            await foreach (var sample in samples.ConfigureAwait(false)) yield return sample;
        }
    }

    /// <summary>One <see cref="Fix"/>, <see cref="AccelBlock"/> or <see cref="LuxSample"/>.</summary>
    internal async ValueTask TakeAsync(object reading, CancellationToken stop)
    {
        Take(reading);
        await HandOnAsync(stop).ConfigureAwait(false);
        Interlocked.Increment(ref _taken);
    }

    /// <summary>Nothing more will come: concludes what waits.</summary>
    internal async ValueTask EndAsync(CancellationToken stop)
    {
        Drain(DateTimeOffset.MaxValue);
        Each(static (step, _) => step.BreakMotion(), 0);
        Each(static (step, _) => step.BreakLight(), 0);
        _cut.End();
        await HandOnAsync(stop).ConfigureAwait(false);
    }

    private void Take(object reading)
    {
        switch (reading)
        {
            case Fix fix:
                _trail.Add(fix);
                _cut.Take(fix);
                break;
            case AccelBlock block:
                var strongest = 0.0;
                foreach (var sample in block.Samples)
                {
                    _motion.Enqueue(new MotionReading(sample, default, block.DeviceTime, block.MonotonicMs));
                    strongest = Math.Max(strongest, Math.Abs(sample.Z - 9.81));
                    if (sample.Time > _newestMotion) _newestMotion = sample.Time;
                }

                _latestShock = strongest;
                break;
            case LuxSample lux:
                _light.Enqueue(lux);
                _latestLux = lux.Lux;
                if (lux.Time > _newestLight) _newestLight = lux.Time;
                break;
        }

        if (_trail.Newest is { } newest) Drain(newest);
        while (_motion.TryPeek(out var old) && _newestMotion - old.Sample.Time > LongestWait) Skip(_motion.Dequeue());
        while (_light.TryPeek(out var old) && _newestLight - old.Time > LongestWait) Skip(_light.Dequeue());
    }

    private void Drain(DateTimeOffset until)
    {
        while (_motion.TryPeek(out var next) && next.Sample.Time <= until)
        {
            _motion.Dequeue();
            if (_trail.At(next.Sample.Time) is { } place) Each(static (step, reading) => step.Take(reading), next with { Place = place });
            else Skip(next);
        }

        while (_light.TryPeek(out var next) && next.Time <= until)
        {
            _light.Dequeue();
            if (_trail.At(next.Time) is { } place) Each(static (step, reading) => step.Take(reading), new LightReading(next, place));
            else Skip(next);
        }
    }

    private void Skip(in MotionReading reading)
    {
        Unplaced++;
        Each(static (step, _) => step.BreakMotion(), reading);
    }

    private void Skip(in LuxSample sample)
    {
        Unplaced++;
        Each(static (step, _) => step.BreakLight(), sample);
    }

    // What a step concludes, the steps after it hear before they see the same reading.
    private void Each<T>(Action<SensingStep, T> act, in T reading)
    {
        for (var i = 0; i < _steps.Length; i++)
        {
            act(_steps[i], reading);
            while (_steps[i].TryTake(out var conclusion))
            {
                _cut.Take(conclusion);
                for (var later = i + 1; later < _steps.Length; later++) _steps[later].Heard(conclusion);
            }
        }
    }

    private async ValueTask HandOnAsync(CancellationToken stop)
    {
        while (_cut.TryTake(out var observation)) await _sink.AcceptAsync(observation, stop).ConfigureAwait(false);
    }
}
