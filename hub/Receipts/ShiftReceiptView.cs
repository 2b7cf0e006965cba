namespace ThreeOneOne.Field.Hub.Receipts;

/// <summary>How much of a shift's work is at city hall.</summary>
/// <param name="Shift">Id of the shift.</param>
/// <param name="Crew">Crew id; null when only its actions are here.</param>
/// <param name="CrewName">Its name on screens.</param>
/// <param name="From">First change, work time.</param>
/// <param name="To">Sign-off; null while it lasts.</param>
/// <param name="AtCityHall">Crew actions that are here.</param>
/// <param name="Still">Crew actions that vehicles have counted and that aren't here.</param>
/// <param name="Complete">True when every vehicle of the shift has signed off and nothing is missing.</param>
/// <param name="Summary">One sentence, such as "38 at city hall, 3 still on Unit 214, last heard 09:03".</param>
/// <param name="Vehicles">Each vehicle of the shift.</param>
public sealed record ShiftReceiptView(
    string Shift, string? Crew, string? CrewName, DateTimeOffset? From, DateTimeOffset? To, long AtCityHall, long Still, bool Complete, string Summary,
    IReadOnlyList<ShiftReceiptView.OnVehicle> Vehicles)
{
    /// <param name="Vehicle">Vehicle id.</param>
    /// <param name="Name">On screens.</param>
    /// <param name="AtCityHall">Actions of the shift from it that are here.</param>
    /// <param name="SignedFor">How many it signed for; null while it hasn't, or its sign-off isn't here.</param>
    /// <param name="Still">Counted by the vehicle and not here.</param>
    /// <param name="Missing">Not here though the vehicle says since that it has nothing unsent: lost or kept aside.</param>
    /// <param name="Online">Connected now.</param>
    /// <param name="LastHeard">When anything was last heard of it.</param>
    public sealed record OnVehicle(string Vehicle, string Name, long AtCityHall, long? SignedFor, long Still, bool Missing, bool Online, DateTimeOffset? LastHeard);
}
