namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>Who goes first in the single writer's line.</summary>
public enum WritePriority
{
    /// <summary>A person or a vehicle waits for it.</summary>
    Interactive,

    /// <summary>Retention, backfill, reactions.</summary>
    Bulk,
}
