namespace ThreeOneOne.Field.Agent.Console;

/// <summary>An RFC 9457 problem: <paramref name="Title"/> is the cause, <paramref name="Detail"/> the remedy.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">Why not.</param>
/// <param name="Detail">What to do.</param>
public sealed record ConsoleProblem(int Status, string Title, string Detail);
