namespace ThreeOneOne.Field.Wire;

/// <summary>
/// Up to a minute of fixes as delta columns: the first value of each column is absolute, the rest are differences, so
/// that a steady drive compresses to a few bytes a fix. All columns have the same length.
/// </summary>
public sealed record Track
{
    private const double Micro = 1e6;

    /// <summary>Most fixes in one track: a minute at 10 Hz.</summary>
    public const int MaxFixes = 600;

    /// <summary>GPS time of the first fix, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Milliseconds since the previous fix; the first is 0.</summary>
    public required int[] DtMs { get; init; }

    /// <summary>Latitude in millionths of a degree, delta coded.</summary>
    public required int[] Lat { get; init; }

    /// <summary>Longitude in millionths of a degree, delta coded.</summary>
    public required int[] Lon { get; init; }

    /// <summary>Speed over ground in cm/s, delta coded.</summary>
    public required int[] Speed { get; init; }

    /// <summary>Course in whole degrees, delta coded; −1 where the receiver gave none.</summary>
    public required int[] Course { get; init; }

    /// <summary>HDOP in tenths, delta coded; −1 where the receiver gave none.</summary>
    public required int[] Hdop { get; init; }

    /// <summary>Largest error of the line after thinning to save disk, metres; null when every fix is here.</summary>
    public double? ThinnedM { get; init; }

    /// <exception cref="ArgumentException">No fix, more than <see cref="MaxFixes"/>, or times that run backwards.</exception>
    public static Track FromFixes(IReadOnlyList<TrackFix> fixes)
    {
        if (fixes.Count is 0 or > MaxFixes) throw new ArgumentException($"a track holds 1 to {MaxFixes} fixes, not {fixes.Count}");
        int[] Column(Func<TrackFix, int> value)
        {
            var column = new int[fixes.Count];
            var previous = 0;
            for (var i = 0; i < column.Length; i++)
            {
                var current = value(fixes[i]);
                column[i] = current - previous;
                previous = current;
            }

            return column;
        }

        var start = fixes[0].Time.ToUniversalTime();
        var dt = Column(f => checked((int)Math.Round((f.Time - start).TotalMilliseconds)));
        if (dt.Any(d => d < 0)) throw new ArgumentException("the fixes of a track run forwards in time");
        return new Track
        {
            Start = start,
            DtMs = dt,
            Lat = Column(f => (int)Math.Round(f.At.Latitude * Micro)),
            Lon = Column(f => (int)Math.Round(f.At.Longitude * Micro)),
            Speed = Column(f => (int)Math.Round(f.SpeedMps * 100)),
            Course = Column(f => f.CourseDeg is { } c ? (int)Math.Round(c) % 360 : -1),
            Hdop = Column(f => f.Hdop is { } h ? (int)Math.Round(h * 10) : -1),
        };
    }

    /// <exception cref="FormatException">The columns differ in length, are empty or too long, or a value is out of range.</exception>
    public IReadOnlyList<TrackFix> ToFixes()
    {
        var n = DtMs.Length;
        if (n is 0 or > MaxFixes || Lat.Length != n || Lon.Length != n || Speed.Length != n || Course.Length != n || Hdop.Length != n)
            throw new FormatException($"the columns of a track have one length from 1 to {MaxFixes}");
        var fixes = new TrackFix[n];
        long t = 0, lat = 0, lon = 0, speed = 0, course = 0, hdop = 0;
        for (var i = 0; i < n; i++)
        {
            t += DtMs[i];
            lat += Lat[i];
            lon += Lon[i];
            speed += Speed[i];
            course += Course[i];
            hdop += Hdop[i];
            var at = new GeoPoint(lat / Micro, lon / Micro);
            if (DtMs[i] < 0 || t > 3_600_000 || !at.IsPlausible || speed is < 0 or > 20_000)
                throw new FormatException($"fix {i} of the track is out of range");
            fixes[i] = new TrackFix(Start.AddMilliseconds(t), at, speed / 100.0,
                course < 0 ? null : course, hdop < 0 ? null : hdop / 10.0);
        }

        return fixes;
    }
}
