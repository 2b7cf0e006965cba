using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>Which records are links of the hash chain: <see cref="ChainLink"/> names them.</summary>
internal static class Chaining
{
    public static bool Takes(WireRecord record) => record.Kind switch
    {
        RecordKind.Action or RecordKind.Shift or RecordKind.Shock or RecordKind.Tombstone or RecordKind.Clock or RecordKind.Result => true,
        RecordKind.Lamp => record.Lamp!.Verdict == LampVerdict.Dark,
        _ => false,
    };
}
