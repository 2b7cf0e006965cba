namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>What leaves first. Stored in each frame: numbers never change.</summary>
public enum RecordPriority : byte
{
    /// <summary>A person in danger.</summary>
    Duress = 0,

    /// <summary>What a crew did, and its shift.</summary>
    Action = 1,

    /// <summary>What sensing found, and what was dropped.</summary>
    Fault = 2,

    Track = 3,

    /// <summary>Health and the rest.</summary>
    Bulk = 4,
}
