namespace ThreeOneOne.Field.Bench.Tickets;

/// <summary>Medians of some pairs.</summary>
/// <param name="PerSecond">Questions a second at random places, on one thread.</param>
/// <param name="VsTree">How many times as many as of the tree.</param>
/// <param name="PerSecondInBatches">The same in the order of a vehicle's batch.</param>
/// <param name="Neighbours">Places within the reach of a question, on average: whether the bigger city is also the denser one.</param>
/// <param name="OneReadNs">What one read at a random place of as much memory takes.</param>
internal sealed record MatchFigures(double PerSecond, double VsTree, double PerSecondInBatches, double Neighbours, double OneReadNs);
