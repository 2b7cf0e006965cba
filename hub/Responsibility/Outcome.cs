namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>What becomes of a request before any work order is made. Stored as these words.</summary>
public static class Outcome
{
    /// <summary>The city's own crews do it.</summary>
    public const string OwnCrew = "own-crew";

    /// <summary>A contractor's crews do it.</summary>
    public const string Contractor = "contractor";

    /// <summary>Another agency answers for it: it is told, gives a reference, and is chased until it answers.</summary>
    public const string Referral = "referral";

    /// <summary>Private property: its owner gets a notice, no crew goes.</summary>
    public const string Private = "private";

    /// <summary>Nobody knows yet who answers for it: a person decides, no crew goes.</summary>
    public const string Triage = "triage";

    public static readonly string[] All = [OwnCrew, Contractor, Referral, Private, Triage];

    /// <summary>Crews may be sent.</summary>
    public static bool IsWork(string outcome) => outcome is OwnCrew or Contractor;

    public static string Of(PartyKind kind) => kind switch
    {
        PartyKind.OwnCrew => OwnCrew,
        PartyKind.Contractor => Contractor,
        PartyKind.Agency => Referral,
        _ => Triage,
    };
}
