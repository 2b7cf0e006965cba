namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Something that stands until the office says that it knows.</summary>
/// <param name="Id">Id of the alert: of the crew's action, or of the order.</param>
/// <param name="Kind"><c>duress</c>: a crew needs help; <c>unacknowledged</c>: nobody has said to have read an emergency.</param>
/// <param name="At">Since when, work time.</param>
/// <param name="Crew">Crew id.</param>
/// <param name="CrewName">Crew name.</param>
/// <param name="Vehicle">From which vehicle.</param>
/// <param name="Member">Pseudonym of who called.</param>
/// <param name="Order">Order id.</param>
/// <param name="Lat">Degrees north; null without a fix.</param>
/// <param name="Lon">Degrees east.</param>
/// <param name="Note">What the crew wrote.</param>
/// <param name="TakenBackAt">The crew took it back. It stands all the same: nobody knows who pressed.</param>
/// <param name="AcknowledgedAt">When the office took it on.</param>
/// <param name="AcknowledgedBy">Who.</param>
public sealed record CrewAlert(
    string Id, string Kind, DateTimeOffset At, string? Crew, string? CrewName, string? Vehicle, string? Member, string? Order, double? Lat, double? Lon, string? Note,
    DateTimeOffset? TakenBackAt, DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy)
{
    public const string Duress = "duress";
    public const string Unacknowledged = "unacknowledged";
}
