namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>How long crews were at a job: from arriving or starting to whatever ended it, on the clock of UTC.</summary>
public static class WorkTime
{
    // A start whose end nobody pressed says nothing about how long it took.
    private const long LongestMs = 12 * 3_600_000;

    /// <param name="standing">Actions that stand, in canonical order.</param>
    /// <param name="crew">Whose.</param>
    /// <returns>Stretches of work, each with the shift in which it began.</returns>
    public static IReadOnlyList<(long FromMs, long ToMs, string? Shift)> Of(IEnumerable<OrderEvent> standing, string? crew)
    {
        var stretches = new List<(long, long, string?)>();
        OrderEvent? began = null;
        foreach (var e in standing.Where(e => e.FromCrew && e.Crew == crew))
        {
            if (Begins(e.Kind)) began ??= e;
            else if (Ends(e.Kind) && began is not null)
            {
                if (e.AtMs > began.AtMs && e.AtMs - began.AtMs <= LongestMs) stretches.Add((began.AtMs, e.AtMs, began.Shift));
                began = null;
            }
        }

        return stretches;
    }

    private static bool Begins(OrderEventKind kind) => kind is OrderEventKind.Arrive or OrderEventKind.Start;

    private static bool Ends(OrderEventKind kind) => kind is OrderEventKind.Suspend or OrderEventKind.Wait or OrderEventKind.MakeSafe or OrderEventKind.TemporaryRepair
        or OrderEventKind.HandOver or OrderEventKind.Complete or OrderEventKind.CannotComplete or OrderEventKind.FixedHere;
}
