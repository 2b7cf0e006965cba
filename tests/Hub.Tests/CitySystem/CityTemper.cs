namespace ThreeOneOne.Field.Hub.Tests.CitySystem;

/// <summary>How a hostile city behaves. Chances are per POST attempt, 0 to 1.</summary>
internal sealed record CityTemper
{
    public bool Xml { get; init; }

    public bool NumberIds { get; init; }

    public bool EmptyIs404 { get; init; }

    /// <summary>Answers with tokens whose ids come later.</summary>
    public bool Batch { get; init; }

    /// <summary>Takes everything in brackets out of descriptions.</summary>
    public bool StripsMarkers { get; init; }

    /// <summary>Has no list of requests.</summary>
    public bool NoList { get; init; }

    /// <summary>Its list is always empty, whatever it holds: what a hub without a look-up sees.</summary>
    public bool BlindList { get; init; }

    /// <summary>Gives pages.</summary>
    public bool Paging { get; init; }

    /// <summary>Longest time from a commit until the list shows it.</summary>
    public TimeSpan Lag { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>How long after the client gave up a slow POST may still be committed.</summary>
    public TimeSpan SlowCommit { get; init; } = TimeSpan.FromMinutes(4);

    public double CutBefore { get; init; }

    public double CutAfter { get; init; }

    public double Error500Before { get; init; }

    public double Error500After { get; init; }

    public double SlowLost { get; init; }

    public double SlowStored { get; init; }

    public double NoConnection { get; init; }

    public double Throttled { get; init; }

    public double DuplicateId { get; init; }

    public double EmptyAnswer { get; init; }

    public double PageOfHtml { get; init; }

    /// <summary>A read fails in one of the ways above.</summary>
    public double BadRead { get; init; }

    /// <summary>The hub's process ends in the middle of a call.</summary>
    public double HubEnds { get; init; }

    /// <summary>The hub's process stands still before or after a call, for longer than its lease.</summary>
    public double HubStalls { get; init; }

    /// <summary>Everything that can go wrong with POSTs and reads, in about half of all calls.</summary>
    public static CityTemper Foul { get; } = new()
    {
        CutBefore = 0.05, CutAfter = 0.06, Error500Before = 0.04, Error500After = 0.06, SlowLost = 0.03, SlowStored = 0.06, NoConnection = 0.04, Throttled = 0.04,
        DuplicateId = 0.02, EmptyAnswer = 0.02, PageOfHtml = 0.02, BadRead = 0.15, HubEnds = 0.002, HubStalls = 0.002,
    };
}
