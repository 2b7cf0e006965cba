using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>What a command works on: the same settings and data folder as the hub, which may be running.</summary>
/// <param name="Storage">Where the data is.</param>
/// <param name="Access">How long links are good, and under which address people reach the hub.</param>
/// <param name="Address">Where the hub listens, when <see cref="AccessOptions.PublicUrl"/> does not say.</param>
public sealed record CommandContext(StorageOptions Storage, AccessOptions Access, string Address);
