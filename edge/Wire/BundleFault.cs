namespace ThreeOneOne.Field.Wire;

/// <summary>Why a signed bundle is refused.</summary>
public enum BundleFault
{
    Unknown = 0,

    /// <summary>Longer than <see cref="SignedBundle.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>It is no DSSE envelope.</summary>
    Malformed,

    /// <summary>It carries something else than asked for.</summary>
    WrongType,

    /// <summary>None of its signatures names a trusted key.</summary>
    UnknownKey,

    /// <summary>A trusted key is named, and did not sign this.</summary>
    Forged,
}
