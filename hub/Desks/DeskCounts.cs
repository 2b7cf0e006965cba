namespace ThreeOneOne.Field.Hub.Desks;

/// <summary>What waited for the office at one moment.</summary>
public sealed record DeskCounts(long RequestsOpen, long RequestsOverdue, long OrdersUnassigned, long CallsForHelp);
