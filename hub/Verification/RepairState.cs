namespace ThreeOneOne.Field.Hub.Verification;

/// <summary>What is known of a repair. Stored as words.</summary>
public static class RepairState
{
    /// <summary>Too fresh: passes say nothing yet.</summary>
    public const string Settling = "settling";

    /// <summary>Too few have passed.</summary>
    public const string Waiting = "waiting";

    public const string Verified = "verified";

    /// <summary>Vehicles find the defect again: a follow-up is proposed.</summary>
    public const string Doubtful = "doubtful";

    /// <summary>Too few passed in time.</summary>
    public const string Unverified = "unverified";

    public static readonly string[] All = [Settling, Waiting, Verified, Doubtful, Unverified];
}
