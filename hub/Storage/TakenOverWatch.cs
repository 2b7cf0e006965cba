namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>Ends the hub when another one has taken its database over: what it holds in memory is no longer so.</summary>
internal sealed class TakenOverWatch(Database database) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.TakenOver.WaitAsync(stoppingToken).ConfigureAwait(false);
        throw new InvalidOperationException("another hub serves the database now; start this one again to stand by");
    }
}
