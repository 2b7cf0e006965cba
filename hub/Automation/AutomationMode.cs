namespace ThreeOneOne.Field.Hub.Automation;

/// <summary>What becomes of what sensors propose, for one service in one district.</summary>
public enum AutomationMode
{
    /// <summary>Nothing but a count.</summary>
    Shadow,

    /// <summary>A person accepts or rejects each.</summary>
    Review,

    /// <summary>It is a request at once; earned by precision that crews have verified.</summary>
    Automatic,
}
