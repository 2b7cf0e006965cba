namespace ThreeOneOne.Field.Wire;

/// <summary>Why a message of the contract could not be read.</summary>
public enum WireFault
{
    Unknown = 0,
    Malformed,
    Oversized,
    UnknownVersion,
    UnknownEncoding,
}
