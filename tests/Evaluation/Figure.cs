namespace ThreeOneOne.Field.Evaluation;

/// <summary>One measured figure.</summary>
/// <param name="Key">Its key in the last line, snake case with the unit.</param>
/// <param name="What">What it is, in words.</param>
/// <param name="Ours">What this product reaches; null when nothing could be measured.</param>
/// <param name="Baselines">What simpler ways reach on the same windows, by name.</param>
/// <param name="Goal">What it should be; null where a figure is for information.</param>
internal sealed record Figure(string Key, string What, double? Ours, IReadOnlyList<(string Name, double Value)> Baselines, Goal? Goal);
