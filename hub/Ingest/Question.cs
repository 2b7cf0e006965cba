using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>A vehicle asks which of its records the hub has (<see cref="UpBatch.Ask"/>).</summary>
/// <param name="Vehicle">From the registry.</param>
/// <param name="Epoch">Outbox epoch.</param>
/// <param name="Ask">Inclusive ranges.</param>
public sealed record Question(Vehicle Vehicle, string Epoch, IReadOnlyList<(long First, long Last)> Ask);
