using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Commands;

/// <summary>Settles commands by the results that vehicles recorded.</summary>
public sealed class ProjectResults : IProjection
{
    public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
    {
        foreach (var stored in records)
        {
            if (stored.Record.Result is not { } result) continue;
            var (state, detail) = result.Outcome switch
            {
                CommandOutcome.Done => (VehicleCommand.Done, result.Detail),
                CommandOutcome.Expired => (VehicleCommand.Expired, result.Detail),
                CommandOutcome.NotKnown => (VehicleCommand.Failed, result.Detail ?? "the agent on the vehicle knows no such command"),
                _ => (VehicleCommand.Failed, result.Detail),
            };
            CommandStore.Settle(scope, result.Id, stored.Vehicle, state, detail);
        }
    }
}
