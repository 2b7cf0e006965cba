using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>
/// Merges the sentences of one moment (RMC, GGA, GSA, VTG, GLL, ZDA of any talker) into an epoch. An epoch is complete when
/// the sentence that came last in the epoch before has come again, so that a fix need not wait for the next second; until
/// that is known, and when it is missing, the first sentence of another moment completes it.
/// </summary>
internal sealed class NmeaMerger(DateTimeOffset? notBefore)
{
    private const double MpsPerKnot = 1852.0 / 3600;
    private static readonly TimeSpan HalfDay = TimeSpan.FromHours(12);

    private Partial _open;
    private string? _lastType;
    private string? _closingType;
    private DateOnly? _date;
    private TimeSpan _dateSetAt;

    /// <summary>Takes a sentence; returns the epochs that it completes: none, one, or two.</summary>
    public (GpsEpoch? First, GpsEpoch? Second) Add(NmeaSentence sentence)
    {
        var type = sentence.Type;
        var timeField = type switch { "RMC" or "GGA" or "ZDA" => 1, "GLL" => 5, "GSA" or "VTG" => 0, _ => -1 };
        if (timeField < 0) return default;
        GpsEpoch? before = null;
        if (timeField > 0)
        {
            // A cold receiver gives no time at all: then each RMC is a moment of its own.
            var time = sentence.TimeOfDay(timeField);
            if (time != _open.Time || (time is null && type is "RMC" && _open.SawRmc))
            {
                if (!_open.Closed && _lastType is not null)
                {
                    _closingType = _lastType;
                    before = Close();
                }

                _open = new Partial { Time = time };
            }
        }

        if (_open.Closed)
        {
            // Later than expected: from now on wait for this one.
            _closingType = null;
            return (before, null);
        }

        Read(sentence, type);
        _lastType = type.ToString();
        return (before, _closingType == _lastType ? Close() : null);
    }

    /// <summary>The epoch still open when the recording ends.</summary>
    public GpsEpoch? Flush() => _open.Closed || _lastType is null ? null : Close();

    private void Read(NmeaSentence s, ReadOnlySpan<char> type)
    {
        switch (type)
        {
            case "RMC":
                _open.SawRmc = true;
                _open.Void |= s.Field(2) is not "A" || s.Field(12) is "N" or "E";
                _open.Simulated |= s.Field(12) is "S";
                Place(s.Angle(3), s.Angle(5));
                _open.SpeedMps = s.Number(7) * MpsPerKnot ?? _open.SpeedMps;
                _open.CourseDeg = s.Number(8) ?? _open.CourseDeg;
                Dated(s.Date(9));
                break;
            case "GGA":
                _open.SawQuality = true;
                _open.Void |= s.Number(6) is null or 0 or 6;
                _open.Simulated |= s.Number(6) is 8;
                Place(s.Angle(2), s.Angle(4));
                _open.Satellites = (int?)s.Number(7);
                _open.Hdop = s.Number(8) ?? _open.Hdop;
                break;
            case "GSA":
                _open.Void |= s.Number(2) is 1;
                _open.Hdop ??= s.Number(16);
                break;
            case "VTG":
                _open.SpeedMps ??= s.Number(5) * MpsPerKnot;
                _open.CourseDeg ??= s.Number(1);
                break;
            case "GLL":
                _open.SawQuality = true;
                _open.Void |= s.Field(6) is not "A";
                Place(s.Angle(1), s.Angle(3));
                break;
            case "ZDA" when s.Number(2) is { } day && s.Number(3) is { } month && s.Number(4) is { } year
                && month is >= 1 and <= 12 && year is >= 1980 and < 2200 && day >= 1 && day <= DateTime.DaysInMonth((int)year, (int)month):
                Dated(new DateOnly((int)year, (int)month, (int)day));
                break;
        }
    }

    private void Place(double? latitude, double? longitude)
    {
        if (latitude is { } lat && longitude is { } lon) _open.At ??= new GeoPoint(lat, lon);
    }

    private void Dated(DateOnly? date)
    {
        if (date is null || _open.Time is not { } time) return;
        _date = date;
        _dateSetAt = time;
    }

    private GpsEpoch Close()
    {
        var epoch = _open;
        _open.Closed = true;
        var corrected = false;
        DateTimeOffset? time = null;
        if (epoch.Time is { } ofDay && _date is { } date)
        {
            // Without its own date an epoch takes the last one said, over midnight too.
            if (ofDay - _dateSetAt < -HalfDay) date = date.AddDays(1);
            time = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) + ofDay;
            while (notBefore is { } floor && time < floor)
            {
                time = time.Value.AddDays(1024 * 7);
                corrected = true;
            }
        }

        var noFix =
            epoch.Void || !(epoch.SawRmc || epoch.SawQuality) ? "no fix"
            : time is null ? "no date"
            : epoch.At is not { IsPlausible: true } ? "no position"
            : null;
        return new GpsEpoch
        {
            Time = time,
            At = noFix is null ? epoch.At : null,
            SpeedMps = epoch.SpeedMps,
            CourseDeg = epoch.CourseDeg,
            Hdop = epoch.Hdop,
            Satellites = epoch.Satellites,
            Simulated = epoch.Simulated,
            DateCorrected = corrected,
            NoFix = noFix,
        };
    }

    private record struct Partial
    {
        public TimeSpan? Time;
        public bool Closed, SawRmc, SawQuality, Void, Simulated;
        public GeoPoint? At;
        public double? SpeedMps, CourseDeg, Hdop;
        public int? Satellites;
    }
}
