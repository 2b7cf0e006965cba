using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>Gives the new records to every capability, in the order in which they were added.</summary>
public sealed class ProjectStep(IEnumerable<IProjection> projections)
{
    private readonly IProjection[] projections = [.. projections];

    /// <exception cref="ProjectionException">A capability threw; the transaction must be given up.</exception>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever a capability throws, the record is found and kept aside.")]
    public void Run(WriteScope scope, IReadOnlyList<Incoming> records)
    {
        var stored = records.Where(r => r.IsGood)
            .Select(r => new StoredRecord(r.Vehicle.Id, r.Vehicle.Jurisdiction, r.Epoch, r.Record!, r.ReceivedTime) { Hash = r.Hash })
            .ToList();
        if (stored.Count == 0) return;
        foreach (var projection in projections)
        {
            try
            {
                projection.Apply(scope, stored);
            }
            catch (Exception e) when (StoreTrouble.Is(e))
            {
                throw;
            }
            catch (Exception e)
            {
                throw new ProjectionException($"{projection.GetType().Name}: {e.Message}", e);
            }
        }
    }
}
