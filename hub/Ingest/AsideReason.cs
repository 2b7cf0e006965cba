namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>Why something was kept aside instead of applied. The words are part of the API and of acknowledgements.</summary>
public static class AsideReason
{
    public const string BadTopic = "bad-topic";
    public const string Malformed = "malformed";
    public const string Oversized = "oversized";
    public const string UnknownVersion = "unknown-version";
    public const string UnknownEncoding = "unknown-encoding";

    /// <summary>The envelope names another vehicle than the topic, which the broker ties to the certificate.</summary>
    public const string WrongVehicle = "wrong-vehicle";

    /// <summary>Not in the registry.</summary>
    public const string UnknownVehicle = "unknown-vehicle";

    public const string JurisdictionMismatch = "jurisdiction-mismatch";

    /// <summary>Content of a newer vehicle that this hub does not know.</summary>
    public const string UnknownKind = "unknown-kind";

    public const string FutureDated = "future-dated";

    /// <summary>No place, 0,0 or outside of the world.</summary>
    public const string ZeroCoordinate = "zero-coordinate";

    /// <summary>A crewed vehicle's place without a shift: counted, and its content is never kept.</summary>
    public const string PositionOffShift = "position-off-shift";

    /// <summary>A crew's action without shift and crew.</summary>
    public const string NoDuty = "no-duty";

    /// <summary>The drive of a vehicle without a crew: only cut observations are wanted; its content is never kept.</summary>
    public const string SensorOnlyTrack = "sensor-only-track";

    /// <summary>Another content under a key that is already stored: a restored backup or a copied card.</summary>
    public const string Fork = "fork";

    /// <summary>A capability threw on this record.</summary>
    public const string ProjectionFailed = "projection-failed";

    /// <summary>
    /// True where keeping the bytes would keep what must not be kept: places without a shift, and places of a vehicle about
    /// which nobody knows whether it has one.
    /// </summary>
    public static bool HidesContent(string reason) =>
        reason is PositionOffShift or SensorOnlyTrack or UnknownVehicle or JurisdictionMismatch or WrongVehicle;
}
