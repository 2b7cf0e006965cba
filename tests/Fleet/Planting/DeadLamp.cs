using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Fleet.Planting;

/// <summary>A street light that was put out.</summary>
public sealed record DeadLamp(Pole Pole)
{
    /// <summary>When a crew relit it, world time.</summary>
    public DateTimeOffset? MendedAt { get; set; }
}
