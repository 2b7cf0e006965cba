namespace ThreeOneOne.Field.Hub.Rehearsal;

/// <summary>What a rehearsal was given.</summary>
public sealed record RehearsedInput(long Observations, int Vehicles, int Findings, DateTimeOffset From, DateTimeOffset To);
