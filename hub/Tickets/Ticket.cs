using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>A service request: its state, and the pure transitions between states.</summary>
public sealed record Ticket
{
    public const string Open = "open";
    public const string Closed = "closed";
    public const string Withdrawn = "withdrawn";

    public required string Number { get; init; }
    public required string Jurisdiction { get; init; }
    public required string Service { get; init; }
    public required string Title { get; init; }
    public string Status { get; init; } = Open;
    public string Stage { get; init; } = "received";
    public string? Address { get; init; }
    public string? Segment { get; init; }
    public required GeoPoint At { get; init; }
    public required int Priority { get; init; }
    public required string Source { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? TargetAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? SampledAt { get; init; }
    public string? Site { get; init; }
    public string? Pole { get; init; }
    public string? Description { get; init; }
    public string? OrderNumber { get; init; }
    public string? CrewName { get; init; }
    public int EvidenceFor { get; init; }
    public int EvidenceAgainst { get; init; }

    /// <summary>
    /// The request as its work orders make it: it closes when its last order is field complete, and opens again when one is
    /// undone. A withdrawn request stays so until a crew has begun.
    /// </summary>
    public Ticket After(IReadOnlyList<LinkedOrder> orders)
    {
        var live = orders.Where(o => !o.IsCancelled).ToList();
        var newest = live.Count > 0 ? live[^1] : null;
        var next = this with { OrderNumber = newest?.Number, CrewName = newest?.CrewName };
        if (live.Count == 0)
        {
            // Found and fixed by a crew, and then taken back: there was nothing.
            if (Source == "crew" && orders.Count > 0) return next.Withdraw();
            return Status == Withdrawn ? next : next with { Status = Open, Stage = "received" };
        }

        if (live.TrueForAll(o => o.IsComplete)) return next with { Status = Closed, Stage = "field-complete" };
        if (Status == Withdrawn && !live.Exists(o => o.HasBegun)) return next;
        return next with { Status = Open, Stage = StageOf(live.Where(o => !o.IsComplete)) };
    }

    /// <summary>The evidence no longer carries it. Kept, and explained in its history.</summary>
    public Ticket Withdraw() => this with { Status = Withdrawn, Stage = Withdrawn };

    /// <summary>The evidence carries it again.</summary>
    public Ticket Reinstate(IReadOnlyList<LinkedOrder> orders) => (this with { Status = Open, Stage = "received" }).After(orders);

    public RequestSummary ToSummary() => new()
    {
        Number = Number, Service = Service, Title = Title, Status = Status, Stage = Stage, Address = Address,
        Lat = At.Latitude, Lon = At.Longitude, Priority = Priority, Source = Source, OpenedAt = OpenedAt, TargetAt = TargetAt,
        UpdatedAt = UpdatedAt, SampledAt = SampledAt, Site = Site, Pole = Pole, Order = OrderNumber, Crew = CrewName,
        EvidenceFor = EvidenceFor, EvidenceAgainst = EvidenceAgainst,
    };

    private static string StageOf(IEnumerable<LinkedOrder> unfinished)
    {
        var states = unfinished.Select(o => o.State).ToHashSet();
        if (states.Overlaps(["arrived", "started", "suspended"])) return "in-progress";
        if (states.Overlaps(["assigned", "accepted"])) return "assigned";
        return states.Contains("could-not-complete") ? "could-not-complete" : "received";
    }
}
