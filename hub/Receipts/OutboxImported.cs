namespace ThreeOneOne.Field.Hub.Receipts;

/// <summary>What became of an outbox that was carried here.</summary>
/// <param name="Vehicle">Whose it is.</param>
/// <param name="Messages">Messages in it.</param>
/// <param name="New">Records that were not here yet.</param>
/// <param name="Known">Records that were.</param>
/// <param name="Aside">Records and messages that were kept aside with a reason.</param>
public sealed record OutboxImported(string Vehicle, int Messages, int New, int Known, int Aside);
