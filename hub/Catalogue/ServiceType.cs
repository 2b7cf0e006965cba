namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary>How a report's number comes about, in the words of GeoReport v2.</summary>
public enum ServiceType
{
    /// <summary>With the answer.</summary>
    Realtime,

    /// <summary>Later, by a token.</summary>
    Batch,

    /// <summary>Never.</summary>
    Blackbox,
}
