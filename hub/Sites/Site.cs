using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>A place on the city's map where observations gather as evidence.</summary>
public sealed record Site
{
    /// <summary><c>lamp:POLE</c>, or <c>pothole:KEY</c> of the founding observation.</summary>
    public required string Id { get; init; }

    /// <summary><see cref="SiteKind"/>.</summary>
    public required string Kind { get; init; }

    public string? Pole { get; init; }

    public required GeoPoint At { get; init; }

    /// <summary>Log-odds that the defect is there, at the time of the last pass.</summary>
    public double Belief { get; init; }

    /// <summary>True while the evidence carries a service request.</summary>
    public bool Supported { get; init; }

    /// <summary>
    /// Of a street light: passes find it dark, and would carry a request had it ever been seen to burn. It is out, or it shows
    /// nothing on the street, and light alone cannot say which: people look once.
    /// </summary>
    public bool NeverBurned => Kind == SiteKind.Lamp && Tipped is not null && !Supported;

    public int For { get; init; }

    public int Against { get; init; }

    /// <summary>Mean peak of the shocks that speak for it, m/s²; 0 for lamps.</summary>
    public double Severity { get; init; }

    public long FirstMs { get; init; }

    public long LastMs { get; init; }

    /// <summary>Key of the observation that made it supported, or would have made it so: <see cref="NeverBurned"/>.</summary>
    public string? Tipped { get; init; }

    public static string LampId(string pole) => $"lamp:{pole}";

    public static string PotholeId(Observation founding) => $"pothole:{founding.Key}";
}
