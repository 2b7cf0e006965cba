using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>A service request: its state. How it moves: <see cref="TicketLife"/>; how its time runs: <see cref="TicketClock"/>.</summary>
public sealed record Ticket
{
    public const string Open = "open";
    public const string Closed = "closed";
    public const string Withdrawn = "withdrawn";

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    public required string Number { get; init; }
    public required string Jurisdiction { get; init; }
    public required string Service { get; init; }
    public required string Title { get; init; }
    public string Status { get; init; } = Open;
    public string Stage { get; init; } = TicketStage.Received;
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

    /// <summary>The last pass among them.</summary>
    public DateTimeOffset? EvidenceLast { get; init; }

    /// <summary>What everybody may hear of the evidence on the day on which it last changed.</summary>
    public EvidenceBefore Before { get; init; }

    /// <summary>When something last changed that everybody may see; null: when it last changed at all. A pass is no such change.</summary>
    public DateTimeOffset? SeenChangeAt { get; init; }

    /// <summary>Counts its changes; 1 when it is opened.</summary>
    public long Version { get; init; } = 1;

    /// <summary>Code of the department that answers for it.</summary>
    public string Department { get; init; } = "";

    /// <summary>Id of the district that it lies in; null outside all of them.</summary>
    public string? District { get; init; }

    /// <summary>Number of the request that it repeats and whose status it follows.</summary>
    public string? Parent { get; init; }

    /// <summary>How many reports repeat it.</summary>
    public int Reports { get; init; }

    /// <summary>How it ended: code of the catalogue.</summary>
    public string? ResolutionCode { get; init; }

    /// <summary>What it waits for: code of the catalogue.</summary>
    public string? WaitReason { get; init; }

    /// <summary>Whose it is: <c>crew</c>, <c>contractor</c>, <c>referral</c>, <c>private</c> or <c>triage</c>; null until somebody looked.</summary>
    public string? Responsible { get; init; }

    /// <summary>It has left review, or never needed one.</summary>
    public bool Accepted { get; init; }

    /// <summary>Since when it may be seen outside; null: it may not.</summary>
    public DateTimeOffset? PublicAt { get; init; }

    /// <summary>When it ended; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary><see cref="Attributes"/> as a JSON object.</summary>
    public string? AttributesJson { get; init; }

    /// <summary>The place in the reporter's words.</summary>
    public string? ReportedAddress { get; init; }

    /// <summary>Error of the reported place as the reporter's device says, metres.</summary>
    public double? AccuracyM { get; init; }

    /// <summary>The place as reported, before it became a pole's; null when no person said where.</summary>
    public GeoPoint? ReportedAt { get; init; }

    /// <summary>The report names the pole; else it is the nearest one.</summary>
    public bool PoleNamed { get; init; }

    /// <summary>So many reports name exactly this place that it says nothing about where the defect is.</summary>
    public bool PlaceDoubtful { get; init; }

    /// <summary>A person chose the priority.</summary>
    public bool PrioritySet { get; init; }

    /// <summary>The clock of the target date runs since then; null while it stands.</summary>
    public DateTimeOffset? ClockFrom { get; init; }

    /// <summary>Open time that had passed by then.</summary>
    public TimeSpan ClockUsed { get; init; }

    /// <summary>Steps of the escalation that are taken.</summary>
    public int Escalated { get; init; }

    /// <summary>When the next step is due; null: none.</summary>
    public DateTimeOffset? AlertAt { get; init; }

    /// <summary>Id of the event of the city that makes its target stand still; null while none does.</summary>
    public string? Suspended { get; init; }

    /// <summary>Whether it may be seen outside.</summary>
    public bool IsPublic => PublicAt is not null;

    /// <summary>Answers to what the service asks, by code.</summary>
    public IReadOnlyDictionary<string, string> Attributes =>
        AttributesJson is null ? None : JsonSerializer.Deserialize<Dictionary<string, string>>(AttributesJson) ?? None;

    /// <summary>Where it was reported, or else is.</summary>
    public GeoPoint ComparedAt => ReportedAt ?? At;

    /// <inheritdoc cref="TicketLife.After"/>
    public Ticket After(IReadOnlyList<LinkedOrder> orders) => TicketLife.After(this, orders);

    /// <summary>The evidence no longer carries it. Kept, and explained in its history.</summary>
    public Ticket Withdraw() => TicketLife.Allows(Stage, TicketMove.Withdraw) ? TicketLife.Apply(this, TicketMove.Withdraw) : this;

    /// <summary>The evidence carries it again.</summary>
    public Ticket Reinstate(IReadOnlyList<LinkedOrder> orders) => TicketLife.Apply(this, TicketMove.Reinstate).After(orders);

    public RequestSummary ToSummary() => new()
    {
        Number = Number, Service = Service, Title = Title, Status = Status, Stage = Stage, Address = Address,
        Lat = At.Latitude, Lon = At.Longitude, Priority = Priority, Source = Source, OpenedAt = OpenedAt, TargetAt = TargetAt,
        UpdatedAt = UpdatedAt, ClosedAt = ClosedAt, SampledAt = SampledAt, Site = Site, Pole = Pole, Order = OrderNumber, Crew = CrewName,
        EvidenceFor = EvidenceFor, EvidenceAgainst = EvidenceAgainst, Department = Department, District = District, Parent = Parent,
        Reports = Reports, Resolution = ResolutionCode, WaitReason = WaitReason, Responsible = Responsible, PlaceDoubtful = PlaceDoubtful,
    };
}
