using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Wire;

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
    private readonly Surroundings _around;
    private readonly RoadWatch _road;
    private readonly Queue<(MotionReading Reading, bool Works)> _motion = [];
    private readonly Queue<LuxSample> _light = [];
    private DateTimeOffset _newestMotion;
    private DateTimeOffset _newestLight;
    private double? _latestLux;
    private double? _latestShock;
    private bool _motionBroken;
    private volatile bool _motionEnded;
    private long _taken;

    public SensingPipeline(
        SensingOptions options, SensingCity city, VehicleKind kind, DeviceClock clock, IObservationSink sink, ILoggerFactory log, Surroundings? around = null)
    {
        _around = around ?? Surroundings.Plain;
        _road = new RoadWatch(options, _around);
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

    /// <summary>Told whenever it was found anew how late the receiver is. Must return at once.</summary>
    internal event Action<LagEstimate>? LagLearned;

    /// <summary>Readings taken since the start.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Whether the road is assessed, and why not.</summary>
    public RoadState Road => _motionEnded ? _road.State with { Now = NotAssessed.NoSource } : _road.State;

    /// <summary>Seconds in which the road was assessed since the start.</summary>
    public long RoadAssessed => _road.Assessed;

    /// <summary>Seconds in which the road was not assessed since the start, by reason.</summary>
    public IReadOnlyDictionary<NotAssessed, long> RoadNotAssessed => _road.Seconds;

    /// <summary>How late the receiver is, as last learned; null: not known. From any thread.</summary>
    internal LagEstimate? ReceiverLag => _trail.Lag;

    /// <summary>Samples that could not be placed since the start.</summary>
    public long Unplaced { get; private set; }

    /// <summary>How late the receiver was found to be before this start. Called before anything is taken.</summary>
    internal void Begin(LagEstimate known) => _trail.Begin(known);

    /// <summary>Senses until all sources have ended or <paramref name="stop"/> is cancelled; a source that fails ends alone.</summary>
    public async Task RunAsync(ChannelReader<Fix> fixes, IAccelerometerSource? motion, ILuxSource? light, CancellationToken stop)
    {
        // Bounded: a reader that is ahead waits, so that recordings cannot fill the memory.
        var readings = Channel.CreateBounded<object>(new BoundedChannelOptions(256) { SingleReader = true });
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var end = ending.Token;
        var readers = Task.WhenAll(
            ReadAsync(fixes.ReadAllAsync(end), "position"),
            ReadMotionAsync(),
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

        async Task ReadMotionAsync()
        {
            _motionEnded = false;
            if (motion is not null) await ReadAsync(motion.ReadAsync(end), "motion").ConfigureAwait(false);
            _motionEnded = true;
        }

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
        Drain(all: true);
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
                var works = _around.Works();
                foreach (var sample in block.Samples)
                {
                    _motion.Enqueue((new MotionReading(sample, default, block.DeviceTime, block.MonotonicMs), works));
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

        Drain(all: false);
        while (_motion.TryPeek(out var old) && _newestMotion - old.Reading.Sample.Time > LongestWait) Skip(_motion.Dequeue().Reading);
        while (_light.TryPeek(out var old) && _newestLight - old.Time > LongestWait) Skip(_light.Dequeue());
    }

    private void Drain(bool all)
    {
        while (_motion.TryPeek(out var next) && (all || _trail.Reaches(next.Reading.Sample.Time)))
        {
            _motion.Dequeue();
            if (_trail.Hear(next.Reading.Sample)) LagLearned?.Invoke(_trail.Lag!.Value);
            if (_trail.At(next.Reading.Sample.Time) is not { } place) Skip(next.Reading);
            else if (_road.Look(next.Reading with { Place = place }, next.Works) is { } reading) Feel(reading);
            else BreakMotion();
        }

        while (_light.TryPeek(out var next) && (all || _trail.Reaches(next.Time)))
        {
            _light.Dequeue();
            if (_trail.At(next.Time) is { } place) Each(static (step, reading) => step.Take(reading), new LightReading(next, place));
            else Skip(next);
        }
    }

    private void Feel(in MotionReading reading)
    {
        _motionBroken = false;
        Each(static (step, r) => step.Take(r), reading);
    }

    private void BreakMotion()
    {
        if (_motionBroken) return;
        _motionBroken = true;
        Each(static (step, _) => step.BreakMotion(), 0);
    }

    private void Skip(in MotionReading reading)
    {
        Unplaced++;
        _road.Unplaced(reading);
        BreakMotion();
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
                if (!conclusion.Felt) _cut.Take(conclusion);
                if (conclusion.Shock is { Kind: ShockKind.Pothole or ShockKind.Casting } && _trail.Feel(conclusion.Place)) LagLearned?.Invoke(_trail.Lag!.Value);
                for (var later = i + 1; later < _steps.Length; later++) _steps[later].Heard(conclusion);
            }
        }
    }

    private async ValueTask HandOnAsync(CancellationToken stop)
    {
        while (_cut.TryTake(out var observation)) await _sink.AcceptAsync(observation, stop).ConfigureAwait(false);
    }
}
