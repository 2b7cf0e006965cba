namespace ThreeOneOne.Field.Hub.Crews;

/// <summary>A crew on a vehicle, bounded in time.</summary>
/// <param name="Id">Made by the vehicle at sign-on.</param>
/// <param name="Crew">Crew id.</param>
/// <param name="Vehicle">Vehicle id.</param>
/// <param name="From">First change, work time.</param>
/// <param name="To">Its end; null while it lasts.</param>
/// <param name="State">on, off, break or callOut.</param>
/// <param name="Ended">How: <see cref="SignedOff"/>, <see cref="Moved"/> or <see cref="ByRule"/>; null while it lasts.</param>
public sealed record Shift(string Id, string Crew, string Vehicle, DateTimeOffset From, DateTimeOffset? To, string State, string? Ended = null)
{
    public const string Off = "off";

    public const string SignedOff = "signed-off";

    /// <summary>The crew signed on elsewhere and forgot to sign off here.</summary>
    public const string Moved = "moved";

    /// <summary>Nobody signed off within the longest shift.</summary>
    public const string ByRule = "by-rule";

    /// <summary>Folds one shift from its changes in canonical order; the last one says the state.</summary>
    /// <param name="inOrder">All changes of the shift, and the hub's own end where it made one.</param>
    /// <param name="elsewhereMs">The crew's next change of another shift after a time, Unix milliseconds; null: none.</param>
    public static Shift Fold(IReadOnlyList<ShiftChangeRow> inOrder, Func<long, long?> elsewhereMs)
    {
        var own = inOrder.Where(c => !c.ByRule).ToList();
        // What the crew itself says counts before and after what the hub had to assume.
        var last = own.Count > 0 && (own[^1].State == Off || !inOrder[^1].ByRule) ? own[^1] : inOrder[^1];
        var first = own.Count > 0 ? own[0] : inOrder[0];
        if (last is { State: Off, ByRule: false }) return Of(last, first, last.WorkMs, SignedOff);
        var lastOwn = own.Count > 0 ? own[^1] : last;
        if (elsewhereMs(lastOwn.WorkMs) is { } moved && (!last.ByRule || moved <= last.WorkMs)) return Of(lastOwn, first, moved, Moved);
        return last.ByRule ? Of(lastOwn, first, last.WorkMs, ByRule) : Of(last, first, null, null);
    }

    private static Shift Of(ShiftChangeRow last, ShiftChangeRow first, long? toMs, string? ended) =>
        new(last.Shift, last.Crew, last.Vehicle, Time(first.WorkMs), toMs is { } to ? Time(to) : null, ended is null ? last.State : Off, ended);

    private static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
