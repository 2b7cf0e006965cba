namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>Which database the hub keeps its records in.</summary>
public enum StorageKind
{
    /// <summary>A file in the data folder, which needs nothing else.</summary>
    Sqlite,

    /// <summary>PostgreSQL 15 or later with PostGIS, which a city's IT runs and a GIS connects to.</summary>
    Postgres,
}
