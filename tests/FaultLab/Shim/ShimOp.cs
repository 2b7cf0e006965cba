namespace ThreeOneOne.Field.FaultLab.Shim;

/// <summary>What the shim counts and can strike at. Numbers are those of <c>shim.c</c>.</summary>
internal enum ShimOp
{
    Write = 0,
    Truncate,
    Sync,
    Rename,
    Unlink,
    Create,

    /// <summary>fsync of a folder: names become durable.</summary>
    FolderSync,
}
