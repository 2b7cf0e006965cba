namespace ThreeOneOne.Field.Hub.Access;

/// <summary>When <see cref="AccessOptions.SecondFactorRoles"/> must have a second factor.</summary>
public enum SecondFactorNeed
{
    /// <summary>When the hub listens beyond this machine, or stands behind a proxy.</summary>
    BeyondLoopback,

    Always,

    /// <summary>Whoever sets one up is still asked for it.</summary>
    Never,
}
