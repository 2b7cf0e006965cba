using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>Reads what changed at the city and has it taken over. What was read twice changes nothing, so a pull that broke off is simply done again.</summary>
public sealed class PullWorker(
    CitySystemOptions options, CityClient client, CityPace pace, Database database, LearnEcho learn, TakeOver take, TimeProvider time, ILogger<PullWorker> log)
{
    private const int RowsAtOnce = 100;
    private const int MostHeld = 500;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private readonly string owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid().ToString("N")[..6]}";

    /// <returns>False when it isn't time, or another hub's turn.</returns>
    public async Task<bool> RunDueAsync(CancellationToken cancel)
    {
        if (pace.Free() == 0) return false;
        var state = await database.WriteAsync(scope => CityLinkStore.TakePull(scope, owner, Lease, options.PullEvery), WritePriority.Bulk, cancel).ConfigureAwait(false);
        if (state is null) return false;
        var began = time.GetUtcNow();
        var fault = await PullAsync(state, began, cancel).ConfigureAwait(false);
        await database.WriteAsync(
            scope => CityLinkStore.EndPull(scope, state.Fence, fault is null ? began.ToUnixTimeMilliseconds() : null, fault), WritePriority.Bulk, cancel).ConfigureAwait(false);
        if (fault is not null && state.Fault is null) log.PullFailed(fault);
        if (fault is null && state.Fault is not null) log.PullWorks();
        return true;
    }

    private async Task<string?> PullAsync(CityState state, DateTimeOffset began, CancellationToken cancel)
    {
        // What the city shows late is within reach of the next pull.
        var from = state.PulledToMs is { } ms
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms) - options.VisibilityDelay - options.ClockSkew
            : began - options.FirstPull;
        var fresh = await client.RequestsAsync(from, began + options.ClockSkew, cancel).ConfigureAwait(false);
        if (fresh.Rows is not { } rows) return fresh.Fault;
        var held = await database.ReadAsync(c => CityLinkStore.Held(c, MostHeld), cancel).ConfigureAwait(false);
        await TakeAsync([.. held, .. rows], isNew: true, cancel).ConfigureAwait(false);

        var changed = options.Quirks.UpdatedAfter
            ? await client.ChangedAsync(from, cancel).ConfigureAwait(false)
            : await KnownAsync(cancel).ConfigureAwait(false);
        if (changed.Rows is not { } others) return changed.Fault;
        await TakeAsync(others, isNew: false, cancel).ConfigureAwait(false);

        if (!options.Quirks.Updates) return null;
        var updates = await client.UpdatesAsync(from, began + options.ClockSkew, cancel).ConfigureAwait(false);
        if (updates.Rows is not { } news) return updates.Fault;
        foreach (var part in news.OrderBy(u => u.At).Chunk(RowsAtOnce))
        {
            await database.WriteAsync(scope =>
            {
                foreach (var update in part) take.Update(scope, update);
            }, WritePriority.Bulk, cancel).ConfigureAwait(false);
        }

        return null;
    }

    // A server that tells no changes is asked for a few of those that we know, the longest unseen first.
    private async Task<CityList<CityRow>> KnownAsync(CancellationToken cancel)
    {
        var ids = await database.WriteAsync(scope => CityLinkStore.TakeOldest(scope, options.Quirks.IdLists ? 50 : 5), WritePriority.Bulk, cancel).ConfigureAwait(false);
        return ids.Count == 0 ? CityList.Of<CityRow>([]) : await client.ByIdAsync(ids, cancel).ConfigureAwait(false);
    }

    private async Task TakeAsync(IReadOnlyList<CityRow> rows, bool isNew, CancellationToken cancel)
    {
        var (_, echo) = await learn.FromAsync(rows, cancel).ConfigureAwait(false);
        // Oldest first: numbers follow the order in which residents reported.
        foreach (var part in rows.Where(r => r.Id is not null).GroupBy(r => r.Id, StringComparer.Ordinal).Select(g => g.Last()).OrderBy(r => r.RequestedAt).Chunk(RowsAtOnce))
        {
            await database.WriteAsync(scope =>
            {
                foreach (var row in part) take.Row(scope, row, echo, isNew);
            }, WritePriority.Bulk, cancel).ConfigureAwait(false);
        }
    }
}
