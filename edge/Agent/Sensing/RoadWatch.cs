namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// Decides for each reading of the accelerometer whether the road is assessed by it, turns it into the vehicle's frame, and keeps count of
/// why not. What follows a reading that cannot be believed within a shock's time is not assessed either: half a shock is a guess.
/// </summary>
internal sealed class RoadWatch(SensingOptions options, Surroundings around)
{
    private const double HoldSeconds = 1.28;

    // A sensor counts as failed when it could not be believed for so long, and until it could for ten times as long on the road.
    private const double FailedSeconds = 3;
    private const double MostFailedSeconds = 30;
    private const double MendsBy = 0.1;

    private static readonly TimeSpan PlaceLasts = TimeSpan.FromSeconds(1);

    private readonly SensorWatch _sensor = new();
    private readonly MountAlignment _mount = new();
    private readonly long[] _ticks = new long[Enum.GetValues<NotAssessed>().Length];
    private long _assessed;
    private NotAssessed? _held;
    private double _holdFor;
    private NotAssessed? _failing;
    private double _failedFor;
    private NotAssessed? _place;
    private DateTimeOffset _placeAt;
    private volatile RoadState _state = new(null, null, null);

    /// <summary>How it stands; from any thread.</summary>
    public RoadState State => _state;

    /// <summary>Seconds that were assessed since the start; from any thread.</summary>
    public long Assessed => Interlocked.Read(ref _assessed) / TimeSpan.TicksPerSecond;

    /// <summary>Seconds that were not assessed since the start, by reason; from any thread.</summary>
    public IReadOnlyDictionary<NotAssessed, long> Seconds => Enum.GetValues<NotAssessed>()
        .Select(r => (Reason: r, Ticks: Interlocked.Read(ref _ticks[(int)r])))
        .Where(r => r.Ticks > 0)
        .ToDictionary(r => r.Reason, r => (r.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);

    /// <summary>The reading in the vehicle's frame, or null when the road's steps must not see it.</summary>
    /// <param name="reading">As the sensor gave it, placed.</param>
    /// <param name="works">The vehicle's equipment worked when it was read.</param>
    public MotionReading? Look(in MotionReading reading, bool works)
    {
        var fault = _sensor.Look(reading.Sample, reading.Place.SpeedMps);
        var since = _sensor.Since;
        Judge(fault, since, reading.Place.SpeedMps);
        var aligned = fault is null && _mount.Learn(reading, since);
        fault ??= works ? NotAssessed.Work : options.Winter ? NotAssessed.Winter : At(reading.Place);
        if (fault is not null) (_held, _holdFor) = (fault, HoldSeconds);
        else if (_holdFor > 0) _holdFor -= since;
        var reason = _holdFor > 0 ? _held : aligned ? null : NotAssessed.NotAligned;
        if (reason is null)
        {
            // The steps judge these by themselves, and go on with what they hold.
            Count(reading.Place.SpeedMps < options.MinRoadSpeedMps ? NotAssessed.Parked : reading.Place.Hdop > options.MaxHdop ? NotAssessed.BadFix : null, since);
            return reading with { Sample = _mount.Turn(reading.Sample) };
        }

        Count(reason, since);
        return null;
    }

    /// <summary>A reading that has no place.</summary>
    public void Unplaced(in MotionReading reading)
    {
        var fault = _sensor.Look(reading.Sample, 0);
        Judge(fault, _sensor.Since, 0);
        Count(fault ?? NotAssessed.BadFix, _sensor.Since);
    }

    private NotAssessed? At(in Place place)
    {
        if ((place.Time - _placeAt).Duration() < PlaceLasts) return _place;
        _placeAt = place.Time;
        return _place = around.At(place.At);
    }

    private void Judge(NotAssessed? fault, double since, double speedMps)
    {
        if (fault is null && speedMps >= options.MinRoadSpeedMps) _failedFor = Math.Max(0, _failedFor - MendsBy * since);
        else if (fault is not null) (_failing, _failedFor) = (fault, Math.Min(MostFailedSeconds, _failedFor + since));
        if (_failedFor == 0) _failing = null;
    }

    private void Count(NotAssessed? reason, double since)
    {
        if (reason is { } why) Interlocked.Add(ref _ticks[(int)why], (long)(since * TimeSpan.TicksPerSecond));
        else Interlocked.Add(ref _assessed, (long)(since * TimeSpan.TicksPerSecond));
        var failed = _failedFor >= FailedSeconds || _state.Failed is not null ? _failing : null;
        if (_state.Now != reason || _state.Failed != failed) _state = new RoadState(reason, reason ?? _state.Newest, failed);
    }
}
