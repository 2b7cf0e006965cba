using ThreeOneOne.Field.Hub.Ingest;

namespace ThreeOneOne.Field.Evaluation.Tickets;

/// <summary>One drive of a vehicle through the city: what it sent, and over which holes it truly went.</summary>
/// <param name="Ends">When it was over and its records arrived, UTC.</param>
/// <param name="Records">As the hub stores them.</param>
/// <param name="Over">Places in the list of holes, with the time, of holes that were passed in their lane at a speed at which the road is assessed.</param>
internal sealed record CityPass(DateTimeOffset Ends, IReadOnlyList<StoredRecord> Records, IReadOnlyList<(int Hole, DateTimeOffset Time)> Over);
