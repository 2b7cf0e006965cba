namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>What a party is to the city.</summary>
public enum PartyKind
{
    Unknown = 0,

    /// <summary>A department of the city with crews of its own.</summary>
    OwnCrew,

    /// <summary>Works for the city under a contract; its crews get the work orders.</summary>
    Contractor,

    /// <summary>Another agency or utility, which is told and asked.</summary>
    Agency,
}
