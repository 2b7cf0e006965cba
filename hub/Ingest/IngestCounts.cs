namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>Names of the counters that ingest keeps with the data.</summary>
public static class IngestCounts
{
    public const string Records = "records";

    /// <summary>Fixes, observations, actions and all other records.</summary>
    public const string Readings = "readings";

    public const string Observations = "observations";

    /// <summary>Records that came again and were only acknowledged.</summary>
    public const string Duplicates = "duplicates";
}
