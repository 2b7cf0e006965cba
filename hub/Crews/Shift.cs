namespace ThreeOneOne.Field.Hub.Crews;

/// <summary>A crew on a vehicle, bounded in time.</summary>
/// <param name="Id">Made by the vehicle at sign-on.</param>
/// <param name="Crew">Crew id.</param>
/// <param name="Vehicle">Vehicle id.</param>
/// <param name="From">First change, work time.</param>
/// <param name="To">Sign-off; null while it lasts.</param>
/// <param name="State">on, off, break or callOut.</param>
public sealed record Shift(string Id, string Crew, string Vehicle, DateTimeOffset From, DateTimeOffset? To, string State)
{
    public const string Off = "off";

    /// <summary>Folds one shift from its changes in canonical order; the last one says the state.</summary>
    public static Shift Fold(IReadOnlyList<ShiftChangeRow> inOrder)
    {
        var last = inOrder[^1];
        return new Shift(last.Shift, last.Crew, last.Vehicle, Time(inOrder[0]), last.State == Off ? Time(last) : null, last.State);
    }

    private static DateTimeOffset Time(ShiftChangeRow change) => DateTimeOffset.FromUnixTimeMilliseconds(change.WorkMs);
}
