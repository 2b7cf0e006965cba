namespace ThreeOneOne.Field.Agent.Recordings;

/// <summary>What stands behind a <see cref="LineAddress"/>.</summary>
public enum LineAddressKind
{
    Unknown = 0,

    /// <summary>A recording that ends; played at its own pace.</summary>
    File,

    /// <summary>A sender that may come and go; read as it comes.</summary>
    Tcp,

    /// <summary>A serial device that may be unplugged; read as it comes.</summary>
    Device,
}
