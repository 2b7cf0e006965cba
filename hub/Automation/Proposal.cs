namespace ThreeOneOne.Field.Hub.Automation;

/// <summary>How a request that sensors proposed came about, and what was decided: kept beside it for ever.</summary>
public sealed record Proposal
{
    public const string InReview = "review";
    public const string Held = "held";
    public const string Accepted = "accepted";
    public const string Automatic = "automatic";
    public const string Rejected = "rejected";

    /// <summary>Number of the request.</summary>
    public required string Request { get; init; }

    public required string Service { get; init; }

    /// <summary>District id; empty for what lies in none.</summary>
    public required string District { get; init; }

    /// <summary><c>review</c>, <c>held</c>, <c>accepted</c>, <c>automatic</c> or <c>rejected</c>.</summary>
    public required string State { get; init; }

    /// <summary>The rules under which it was proposed.</summary>
    public required string Rule { get; init; }

    /// <summary>Passes for and against, and the belief in log-odds, as it was proposed.</summary>
    public required int For { get; init; }

    public required int Against { get; init; }

    public required double Belief { get; init; }

    public required long ProposedMs { get; init; }

    /// <summary>The request whose repair it puts in doubt.</summary>
    public string? FollowUpOf { get; init; }

    public long? DecidedMs { get; init; }

    public string? DecidedBy { get; init; }

    /// <summary>Why: one of <see cref="ReviewReason"/> for a rejection.</summary>
    public string? Reason { get; init; }

    public string? Note { get; init; }

    /// <summary>It was given to those who do the work.</summary>
    public bool IsCleared => State is Accepted or Automatic;
}
