namespace ThreeOneOne.Field.FaultLab.Shim;

/// <summary>What the shim does at the n-th operation. Numbers are those of <c>shim.c</c>.</summary>
internal enum ShimAction
{
    /// <summary>SIGKILL instead of the operation.</summary>
    KillBefore = 1,

    /// <summary>SIGKILL when it is done and the program has not heard of it.</summary>
    KillAfter = 2,

    /// <summary>SIGKILL in the middle of a write.</summary>
    KillWithin = 3,

    /// <summary>"No space left on device", until disarmed.</summary>
    NoSpace = 4,

    /// <summary>An fsync answers success and does nothing, until disarmed.</summary>
    Lie = 5,
}
