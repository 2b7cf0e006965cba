using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// Folds new records into a capability's state, inside the transaction that stores them. Runs in the order in which the
/// capabilities were added; must not depend on the order of arrival of records.
/// </summary>
public interface IProjection
{
    /// <param name="scope">The batch's transaction.</param>
    /// <param name="records">The new records of the batch, in order of arrival; duplicates are already gone.</param>
    void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records);
}
