namespace ThreeOneOne.Field.Bench.Outbox;

/// <summary>What a drain gave.</summary>
/// <param name="PerSecond">Records that the outbox gave up a second.</param>
/// <param name="LiveMsP50">Age of positions at the hub, median, milliseconds.</param>
/// <param name="LiveMsP99">The same, 99th percentile.</param>
/// <param name="Live">Positions that arrived.</param>
/// <param name="Given">Fixes that the receiver gave.</param>
internal sealed record DrainFigures(double PerSecond, double LiveMsP50, double LiveMsP99, int Live, int Given);
