namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>What another agency was asked to do about a request, or what the owner of private property was told.</summary>
public sealed record Referral
{
    public const string ToAgency = "referral";
    public const string ToOwner = "notice";

    /// <summary>They did it: the request closes.</summary>
    public const string Done = "done";

    /// <summary>They have taken it on, and are asked again at the chase date.</summary>
    public const string Accepted = "accepted";

    /// <summary>It is not theirs: the request goes back to triage.</summary>
    public const string Refused = "refused";

    /// <summary>Nobody needs it any more.</summary>
    public const string Dropped = "dropped";

    public required string Id { get; init; }

    public required string Request { get; init; }

    /// <summary><c>referral</c> or <c>notice</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Id of the agency; null for a notice.</summary>
    public string? Party { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Their own number of it.</summary>
    public string? Reference { get; init; }

    /// <summary>When somebody should ask again.</summary>
    public required DateTimeOffset ChaseAt { get; init; }

    /// <summary><c>done</c>, <c>accepted</c>, <c>refused</c> or <c>dropped</c>.</summary>
    public string? Answer { get; init; }

    /// <summary>When it was settled; one that was accepted is not.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    public string? Note { get; init; }

    public bool IsOpen => AnsweredAt is null;
}
