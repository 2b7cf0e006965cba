namespace ThreeOneOne.Field.Wire;

/// <summary>One action of a crew. The record's <see cref="WireRecord.Duty"/> says who.</summary>
public sealed record CrewAction
{
    /// <summary>Made by the crew's screen, unique: pressing twice with one id is one action.</summary>
    public required string Id { get; init; }

    public required CrewActionKind Kind { get; init; }

    /// <summary>Work order id; null for <see cref="CrewActionKind.FixedHere"/>.</summary>
    public string? Order { get; init; }

    /// <summary>Where it was done; null while there is no fix.</summary>
    public GeoPoint? At { get; init; }

    /// <summary>Estimated horizontal error of <see cref="At"/>, metres.</summary>
    public double? AccuracyM { get; init; }

    /// <summary>True when the vehicle's geofence, not a person, took the action.</summary>
    public bool Automatic { get; init; }

    /// <summary>Service code, for <see cref="CrewActionKind.FixedHere"/>.</summary>
    public string? Service { get; init; }

    /// <summary>Why it could not be completed or was suspended, from the profile's list.</summary>
    public string? Reason { get; init; }

    /// <summary>Free text of the crew, at most 1,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>Id of the action that an <see cref="CrewActionKind.Undo"/> takes back.</summary>
    public string? Undoes { get; init; }

    /// <summary>Photos, voice notes and signatures that follow; at most 8.</summary>
    public AttachmentRef[]? Attachments { get; init; }
}
