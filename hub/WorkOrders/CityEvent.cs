namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>A snow storm, a flood: for its time, chosen targets stand still, and work is told apart for reimbursement.</summary>
/// <param name="Id">Made by the hub.</param>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Name">On screens.</param>
/// <param name="Suspends">Services whose targets stand still.</param>
/// <param name="Services">Services whose work belongs to it; empty: all.</param>
/// <param name="Reimbursement">Tag of the work, such as a disaster's number.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when; null while it lasts.</param>
/// <param name="BegunBy">Who.</param>
/// <param name="EndedBy">Who.</param>
public sealed record CityEvent(
    string Id, string Kind, string Name, IReadOnlyList<string> Suspends, IReadOnlyList<string> Services, string? Reimbursement, DateTimeOffset From, DateTimeOffset? To,
    string BegunBy, string? EndedBy)
{
    public static readonly string[] Kinds = ["snow", "flood", "wind", "heat", "other"];
}
