using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>One stored record of an epoch, without its content.</summary>
internal sealed record LedgerRow(long Seq, string Hash, RecordKind Kind);
