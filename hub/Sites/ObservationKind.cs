namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>What a vehicle observed. Stored as a number.</summary>
public enum ObservationKind
{
    Unknown = 0,
    Lamp = 1,
    Shock = 2,
    Roughness = 3,
}
