namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>A work order as its request knows it.</summary>
/// <param name="Id">Order id.</param>
/// <param name="Request">Number of the request.</param>
/// <param name="Number">Order number.</param>
/// <param name="State">State word of the order.</param>
/// <param name="Crew">Crew id.</param>
/// <param name="CrewName">Crew name.</param>
/// <param name="Vehicle">Vehicle from which the crew last acted.</param>
/// <param name="UpdatedAt">Last change.</param>
public sealed record LinkedOrder(
    string Id, string Request, string Number, string State, string? Crew, string? CrewName, string? Vehicle, DateTimeOffset UpdatedAt)
{
    public bool IsCancelled => State == "cancelled";

    public bool IsComplete => State == "field-complete";

    /// <summary>A crew has taken it on: nothing may take it away silently any more.</summary>
    public bool HasBegun => State is not ("unassigned" or "assigned" or "cancelled");
}
