namespace ThreeOneOne.Field.Wire;

/// <summary>The content of a <see cref="WireRecord"/>.</summary>
public enum RecordKind
{
    Unknown = 0,
    Track,
    Lamp,
    Shock,
    Roughness,
    Action,
    Shift,
    Health,
    Tombstone,
    Clock,
    Result,
}
