using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Fleet;

/// <summary>Keeps what vehicles say of themselves.</summary>
public sealed class ProjectHealth : IProjection
{
    public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
    {
        foreach (var stored in records)
        {
            if (stored.Record.Health is { } health) HealthStore.Keep(scope, stored.Vehicle, stored.Record.Stamp, health, stored.ReceivedTime);
        }
    }
}
