using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.WorkOrders;

namespace ThreeOneOne.Field.Edge.Tests.WorkOrders;

public sealed class OwnActionsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_person_and_the_geofence_may_save_at_the_same_moment()
    {
        await using var outbox = DiskOutbox.Open(folder["outbox"], new OutboxOptions(), NullLogger.Instance);
        var own = new OwnActions(new StateFile(folder["actions.json"]), outbox, new DeviceClock(TimeProvider.System));
        Parallel.For(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => own.Save());
        Assert.Equal("[]", await File.ReadAllTextAsync(folder["actions.json"]));
    }
}
