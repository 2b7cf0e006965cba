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
/// <param name="Reason">What it waits for (a code of the catalogue), or why it could not be completed.</param>
/// <param name="Resolution">How it ended: code of the catalogue; null: as its state says.</param>
public sealed record LinkedOrder(
    string Id, string Request, string Number, string State, string? Crew, string? CrewName, string? Vehicle, DateTimeOffset UpdatedAt,
    string? Reason = null, string? Resolution = null)
{
    /// <summary>False when its resolution leaves something to do: the catalogue says so.</summary>
    public bool Closes { get; init; } = true;

    public bool IsCancelled => State == "cancelled";

    /// <summary>Found and fixed on the spot.</summary>
    public bool ByCrew { get; init; }

    /// <summary>repair, make-safe, permanent or inspection.</summary>
    public string Kind { get; init; } = "repair";

    /// <summary>Nothing is left to do on it. After a temporary repair, that is another order's.</summary>
    public bool IsComplete => State is "field-complete" or "reviewed" or "temporary-repair";

    /// <summary>A crew has taken it on: nothing may take it away silently any more.</summary>
    public bool HasBegun => State is not ("unassigned" or "assigned" or "cancelled");

    /// <summary>Somebody is there, or has left something unfinished.</summary>
    public bool IsAtWork => HasBegun && !IsComplete && State is not ("accepted" or "waiting" or "could-not-complete");
}
