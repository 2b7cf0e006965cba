namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>One reaction's stable name and the event it listens to.</summary>
public sealed record ReactionEntry(string Name, Type EventType);
