namespace ThreeOneOne.Field.Wire;

/// <summary>One action of a crew. The record's <see cref="WireRecord.Duty"/> says who.</summary>
public sealed record CrewAction
{
    /// <summary>Made by the crew's screen, unique: pressing twice with one id is one action.</summary>
    public required string Id { get; init; }

    public required CrewActionKind Kind { get; init; }

    /// <summary>Work order id; null for <see cref="CrewActionKind.FixedHere"/>, <see cref="CrewActionKind.Report"/>, <see cref="CrewActionKind.Hazard"/> and perhaps <see cref="CrewActionKind.Duress"/>.</summary>
    public string? Order { get; init; }

    /// <summary>Where it was done; null while there is no fix.</summary>
    public GeoPoint? At { get; init; }

    /// <summary>Estimated horizontal error of <see cref="At"/>, metres.</summary>
    public double? AccuracyM { get; init; }

    /// <summary>True when the vehicle's geofence, not a person, took the action.</summary>
    public bool Automatic { get; init; }

    /// <summary>Service code, for <see cref="CrewActionKind.FixedHere"/> and <see cref="CrewActionKind.Report"/>.</summary>
    public string? Service { get; init; }

    /// <summary>One of <see cref="HazardKind.All"/>, for <see cref="CrewActionKind.Hazard"/>.</summary>
    public string? Hazard { get; init; }

    /// <summary>Why it could not be completed, was suspended or waits, from the profile's list.</summary>
    public string? Reason { get; init; }

    /// <summary>Free text of the crew, at most 1,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>Id of the action that an <see cref="CrewActionKind.Undo"/> takes back.</summary>
    public string? Undoes { get; init; }

    /// <summary>Code of the controlled list by which a completion says what was done; null: the usual one of its kind.</summary>
    public string? Resolution { get; init; }

    /// <summary>When a permanent repair is due, or when a wait should end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Crew id to which <see cref="CrewActionKind.HandOver"/> gives the order; null: the office.</summary>
    public string? To { get; init; }

    /// <summary>What was done at this place, for <see cref="CrewActionKind.Point"/> and <see cref="CrewActionKind.FixedHere"/>.</summary>
    public RepairPoint? Point { get; init; }

    /// <summary>What the job took, at most 20 items; may come with a completion.</summary>
    public UsedItem[]? Used { get; init; }

    /// <summary>Photos, voice notes and signatures that follow; at most 8.</summary>
    public AttachmentRef[]? Attachments { get; init; }
}
