namespace ThreeOneOne.Field.FaultLab.Points;

/// <summary>What may happen to a vehicle, its line, the hub or the broker.</summary>
internal enum FaultKind
{
    KillAppend = 0,
    KillFsync,
    KillDelete,
    KillNote,
    KillState,
    KillAnyTime,
    DiskFull,
    ClockJump,
    TornTail,
    FlippedBit,
    Gap,
    Fork,
    CutSend,
    CutAcknowledge,
    CutPush,
    CutByte,
    Slow,
    HalfOpen,
    DoubledAndReordered,
    Paused,
    DeadZone,
    HubCommit,
    HubCheckpoint,
    HubEvent,
    HubAnyTime,
    HubDiskFull,
    BrokerKilled,
    BrokerWiped,
}
