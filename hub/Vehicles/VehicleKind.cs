namespace ThreeOneOne.Field.Hub.Vehicles;

/// <summary>Who is on board.</summary>
public enum VehicleKind
{
    Unknown = 0,

    /// <summary>A crew works from it: its positions exist within shifts only.</summary>
    Crewed,

    /// <summary>Sweeper or bus: it senses, has no crew, and its drive is never kept.</summary>
    SensorOnly,
}
