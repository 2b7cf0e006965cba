namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Where a request is on its way; what moves it: <see cref="TicketLife"/>.</summary>
public static class TicketStage
{
    /// <summary>Sensors made it, and a person must say whether it is one. Not seen outside.</summary>
    public const string Review = "review";

    /// <summary>Sensors made it on a day that had enough of them. Not seen outside.</summary>
    public const string Held = "held";

    public const string Received = "received";

    /// <summary>Nobody knows whose it is: no crew gets it.</summary>
    public const string Triage = "triage";

    /// <summary>It is somebody else's, who has been told.</summary>
    public const string Referred = "referred";

    public const string Assigned = "assigned";
    public const string InProgress = "in-progress";
    public const string Waiting = "waiting";
    public const string CouldNotComplete = "could-not-complete";

    /// <summary>A crew is done. Ends the request, unless the resolution says that something remains.</summary>
    public const string FieldComplete = "field-complete";

    /// <summary>A person ended it without work in the field.</summary>
    public const string Resolved = "resolved";

    /// <summary>A person said that it is none.</summary>
    public const string Rejected = "rejected";

    /// <summary>Evidence no longer carries it.</summary>
    public const string Withdrawn = "withdrawn";

    public static IReadOnlyList<string> All { get; } =
        [Review, Held, Received, Triage, Referred, Assigned, InProgress, Waiting, CouldNotComplete, FieldComplete, Resolved, Rejected, Withdrawn];

    /// <summary>Before anybody vouches for it.</summary>
    public static bool IsHidden(string stage) => stage is Review or Held or Rejected;
}
