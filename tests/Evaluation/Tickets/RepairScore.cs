namespace ThreeOneOne.Field.Evaluation.Tickets;

/// <summary>Whether the hub notices by itself that somebody else filled a hole, and that it broke open again.</summary>
internal sealed class RepairScore
{
    public RepairScore(IReadOnlyList<CityHole> holes, IReadOnlyList<TicketEvent> events, DateTimeOffset end)
    {
        List<double> noticed = [], reopened = [];
        foreach (var hole in holes)
        {
            if (hole.FilledAt is not { } filled) continue;
            var own = events.Where(e => e.At.DistanceTo(hole.At) <= TicketScore.SameHoleM).OrderBy(e => e.Time).ToList();
            if (!IsOpen(own, filled)) continue;
            Filled++;
            var until = hole.BackAt ?? end;
            if (own.Find(e => e.Time >= filled && e.Time < until && !e.Open && !IsOpen(own, e.Time)) is not { } gone) continue;
            noticed.Add((gone.Time - filled).TotalDays);
            if (hole.BackAt is not { } back) continue;
            Back++;
            if (own.Find(e => e.Open && e.Time >= back) is { } again) reopened.Add((again.Time - back).TotalDays);
        }

        (Noticed, NoticedDays) = (noticed.Count, TicketScore.Median(noticed));
        (Reopened, ReopenedDays) = (reopened.Count, TicketScore.Median(reopened));
    }

    /// <summary>Holes that were filled while they had a ticket.</summary>
    public int Filled { get; }

    /// <summary>Of them those whose ticket was taken back before the hole came again.</summary>
    public int Noticed { get; }

    public double NoticedDays { get; }

    /// <summary>Of those the ones that broke open again.</summary>
    public int Back { get; }

    /// <summary>And of these the ones that got a ticket again.</summary>
    public int Reopened { get; }

    public double ReopenedDays { get; }

    private static bool IsOpen(List<TicketEvent> events, DateTimeOffset at) =>
        events.Where(e => e.Time <= at).GroupBy(e => e.Number).Any(n => n.MaxBy(e => e.Time)!.Open);
}
