namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>A capability threw while it folded records in.</summary>
public sealed class ProjectionException(string message, Exception inner) : Exception(message, inner);
