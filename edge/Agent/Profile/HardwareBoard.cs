namespace ThreeOneOne.Field.Agent.Profile;

/// <summary>A board that lines for its boot loader are known for.</summary>
public enum HardwareBoard
{
    Unknown = 0,
    RaspberryPi4,
    RaspberryPi5,
    RaspberryPiCm4,
}
