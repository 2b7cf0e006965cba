using ThreeOneOne.Field.Agent.Sealing;

namespace ThreeOneOne.Field.Edge.Tests.Outbox;

// The same tests with a key: whatever a power cut, a bad card or the budget does, encryption changes nothing of it.
internal static class TestKey
{
    public static DataKey Value { get; } = new(Enumerable.Range(7, DataKey.Bytes).Select(b => (byte)b).ToArray());
}

public sealed class SealedOutboxCrashProperties : OutboxCrashProperties
{
    protected override DataKey Key => TestKey.Value;
}

public sealed class SealedDraftCrashProperties : DraftCrashProperties
{
    protected override DataKey Key => TestKey.Value;
}

public sealed class SealedSegmentTests : SegmentTests
{
    protected override DataKey Key => TestKey.Value;
}

public sealed class SealedForkTests : ForkTests
{
    protected override DataKey Key => TestKey.Value;
}

public sealed class SealedDiskOutboxTests : DiskOutboxTests
{
    protected override DataKey Key => TestKey.Value;
}

public sealed class SealedBudgetTests : BudgetTests
{
    protected override DataKey Key => TestKey.Value;
}

public sealed class SealedChainTests : ChainTests
{
    protected override DataKey Key => TestKey.Value;
}
