namespace ThreeOneOne.Field.Evaluation.Tickets;

/// <summary>Tickets against the holes that truly were there.</summary>
internal sealed class TicketScore
{
    /// <summary>A ticket within this of a hole is that hole's, metres.</summary>
    public const double SameHoleM = 15;

    /// <summary>Holes that fewer vehicles passed in their lane are not counted as missed.</summary>
    public const int LeastPasses = 8;

    private readonly Dictionary<int, DateTimeOffset> _foundAt = [];

    public TicketScore(IReadOnlyList<CityHole> holes, IReadOnlyList<CityPass> passes, IReadOnlyList<TicketEvent> events)
    {
        var wrong = new HashSet<string>();
        foreach (var opened in events.Where(e => e.Open))
        {
            var there = Enumerable.Range(0, holes.Count).Where(i => holes[i].At.DistanceTo(opened.At) <= SameHoleM && holes[i].IsThere(opened.Time)).ToList();
            if (there.Count == 0) wrong.Add(opened.Number);
            foreach (var hole in there) _foundAt.TryAdd(hole, opened.Time);
        }

        Tickets = events.Where(e => e.Open).Select(e => e.Number).Distinct().Count();
        False = wrong.Count;
        var over = passes.SelectMany(p => p.Over).ToLookup(o => o.Hole, o => o.Time);
        var counted = Enumerable.Range(0, holes.Count).Where(i => over[i].Count() >= LeastPasses).ToList();
        (Counted, Found) = (counted.Count, counted.Count(_foundAt.ContainsKey));
        PassesTo = _foundAt.ToDictionary(f => f.Key, f => over[f.Key].Count(t => t <= f.Value));
    }

    /// <summary>Tickets that were ever opened.</summary>
    public int Tickets { get; }

    /// <summary>Of them those that were opened, or opened again, where no hole was.</summary>
    public int False { get; }

    public double Precision => Tickets == 0 ? double.NaN : 1 - (double)False / Tickets;

    /// <summary>Holes that enough vehicles passed while they were there, and those of them that ever had a ticket while they were there.</summary>
    public int Counted { get; }

    public int Found { get; }

    public double Recall => Counted == 0 ? double.NaN : (double)Found / Counted;

    /// <summary>Passes over a found hole up to its first ticket, by its place in the list.</summary>
    public IReadOnlyDictionary<int, int> PassesTo { get; }

    /// <summary>Median passes to a ticket over some holes.</summary>
    public double MedianPasses(IEnumerable<int> holes) => Median([.. holes.Where(PassesTo.ContainsKey).Select(h => (double)PassesTo[h])]);

    public static double Median(List<double> values)
    {
        values.Sort();
        return values.Count == 0 ? double.NaN : (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
