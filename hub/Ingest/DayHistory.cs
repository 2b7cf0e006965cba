using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// A vehicle's fixes told as stops and the trips between them. Pure. It stopped where it stayed within
/// <see cref="StopRadiusM"/> for <see cref="ShortestStop"/>: speed alone would make a stop of every bad fix and none of a
/// receiver that drifts. Time without fixes belongs to a stop when the vehicle was found again where it had been; else it
/// ends one trip and begins another, and nobody knows what lay between.
/// </summary>
public sealed record DayHistory(IReadOnlyList<Trip> Trips, IReadOnlyList<Stop> Stops)
{
    /// <summary>Receivers wander so far between houses, metres.</summary>
    public const double StopRadiusM = 30;

    /// <summary>A trip is at least so long: less is a vehicle that was moved in its yard, metres.</summary>
    public const double ShortestTripM = 100;

    /// <summary>A traffic light is no stop.</summary>
    public static readonly TimeSpan ShortestStop = TimeSpan.FromMinutes(3);

    /// <summary>Without a fix for longer, what lies between two is not known.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(5);

    /// <param name="fixes">In any order; of two with one time one counts.</param>
    public static DayHistory Of(IEnumerable<TrackFix> fixes)
    {
        var line = fixes.OrderBy(f => f.Time).ThenBy(f => f.At.Latitude).ThenBy(f => f.At.Longitude).DistinctBy(f => f.Time).ToList();
        var stays = Stays(line);
        // Between two stays it moved: from the last fix of one to the first of the next.
        var edges = stays.SelectMany(s => (int[])[s.First, s.Last]).Prepend(0).Append(line.Count - 1).ToList();
        var trips = edges.Chunk(2).Where(e => e[0] < e[1]).SelectMany(e => Pieces(line, e[0], e[1])).Select(p => TripOf(line, p.First, p.Last)).OfType<Trip>();
        return new DayHistory([.. trips], [.. stays.Select(s => StopOf(line, s.First, s.Last))]);
    }

    private static List<(int First, int Last)> Stays(List<TrackFix> line)
    {
        var stays = new List<(int, int)>();
        for (var first = 0; first < line.Count; first++)
        {
            var last = first;
            while (last + 1 < line.Count && line[last + 1].At.DistanceMTo(line[first].At) <= StopRadiusM) last++;
            if (line[last].Time - line[first].Time < ShortestStop) continue;
            stays.Add((first, last));
            first = last;
        }

        return stays;
    }

    /// <summary>Parts of a drive between which it was not seen for long.</summary>
    private static IEnumerable<(int First, int Last)> Pieces(List<TrackFix> line, int first, int last)
    {
        for (var i = first; i < last; i++)
        {
            if (line[i + 1].Time - line[i].Time <= LongestGap) continue;
            yield return (first, i);
            first = i + 1;
        }

        yield return (first, last);
    }

    private static Stop StopOf(List<TrackFix> line, int first, int last)
    {
        var stay = line[first..(last + 1)];
        var unseen = stay.Zip(stay.Skip(1), (a, b) => b.Time - a.Time).DefaultIfEmpty().Max();
        return new Stop(
            line[first].Time, line[last].Time, new GeoPoint(stay.Average(f => f.At.Latitude), stay.Average(f => f.At.Longitude)).Rounded(), unseen > LongestGap ? unseen : null);
    }

    private static Trip? TripOf(List<TrackFix> line, int first, int last)
    {
        var distance = 0.0;
        for (var i = first; i < last; i++) distance += line[i].At.DistanceMTo(line[i + 1].At);
        return distance < ShortestTripM ? null : new Trip(
            line[first].Time, line[last].Time, line[first].At.Rounded(), line[last].At.Rounded(), Math.Round(distance), line[first..(last + 1)].Max(f => f.SpeedMps));
    }
}
