namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// Says which of several crews' fills of one hole counts, when no order names the hole: the first by work time. What another
/// crew filled at the same place on the same day is a visit of that. A pure function of the set of fills.
/// </summary>
public static class OneHole
{
    /// <param name="fills">Fills of one service, in any order; the same one twice counts once.</param>
    /// <param name="undone">Actions that were taken back: these fills neither count nor visit.</param>
    /// <param name="withinM">Fills this near to each other are of one hole, metres.</param>
    /// <param name="withinMs">And this near in work time, milliseconds.</param>
    /// <returns>For each fill that stands, in canonical order, the one that counts: itself, or the one that it visited.</returns>
    public static IReadOnlyList<(OrderEvent Fill, OrderEvent Counts)> Read(IEnumerable<OrderEvent> fills, IReadOnlySet<string> undone, double withinM, long withinMs)
    {
        var inOrder = fills.Where(f => f.At is not null && (f.Action is null || !undone.Contains(f.Action))).ToList();
        inOrder.Sort(OrderEvent.Canonical);
        var counting = new List<OrderEvent>();
        var read = new List<(OrderEvent, OrderEvent)>();
        foreach (var fill in inOrder.DistinctBy(f => f.Name))
        {
            var first = counting.Find(c => c.IsByAnother(fill) && fill.AtMs - c.AtMs <= withinMs && c.At!.Value.DistanceMTo(fill.At!.Value) <= withinM);
            if (first is null) counting.Add(fill);
            read.Add((fill, first ?? fill));
        }

        return read;
    }

    /// <summary>A crew knows which holes it has filled; another crew doesn't.</summary>
    private static bool IsByAnother(this OrderEvent a, OrderEvent b) => (a.Crew ?? a.Vehicle) != (b.Crew ?? b.Vehicle);
}
