using System.Diagnostics.CodeAnalysis;
using Dapper;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// Takes pending events and runs their reactions, oldest first for each reaction. A reaction that fails is tried again
/// with back-off and never holds up another; its last error stays with the row.
/// </summary>
public sealed class ReactionRunner(
    Database database, ReactionCatalogue catalogue, IEnumerable<IReaction> reactions, DiskRoom room, TimeProvider time, ILogger<ReactionRunner> log)
    : BackgroundService
{
    private const int BatchSize = 100;
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var all = reactions.ToList();
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!await RunAllAsync(all, stoppingToken).ConfigureAwait(false)) await catalogue.WaitAsync(Idle, stoppingToken).ConfigureAwait(false);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A full disk or a locked file must not end the runner: the rows are still there.")]
    private async Task<bool> RunAllAsync(List<IReaction> all, CancellationToken stop)
    {
        try
        {
            var worked = false;
            foreach (var reaction in all) worked |= await RunDueAsync(reaction, stop).ConfigureAwait(false);
            return worked;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            if (!room.IsFull(e)) log.ReactionsStuck(e, AfterTrouble);
            await Task.Delay(AfterTrouble, time, stop).ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>Runs one batch of a reaction's pending events.</summary>
    /// <returns>True when there was one.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "A failing reaction is a value: recorded with its row and tried again.")]
    internal async Task<bool> RunDueAsync(IReaction reaction, CancellationToken cancel)
    {
        var due = await database.ReadAsync(c => c.Query<Pending>(
            "SELECT id AS Id, body AS Body, attempts AS Attempts FROM event_pending WHERE reaction=@name AND not_before_ms<=@now ORDER BY id LIMIT @most",
            new { name = reaction.Name, now = time.GetUtcNow().ToUnixTimeMilliseconds(), most = BatchSize }).ToList(), cancel).ConfigureAwait(false);
        if (due.Count == 0) return false;
        try
        {
            await database.WriteAsync(scope =>
            {
                foreach (var pending in due)
                {
                    RunOne(scope, reaction, pending);
                    // The rest is still pending and comes next.
                    if (scope.MustYield) break;
                }
            }, WritePriority.Bulk, cancel).ConfigureAwait(false);
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            // One of them failed and took the batch with it: run each alone to find which.
            foreach (var pending in due) await RunAloneAsync(reaction, pending, cancel).ConfigureAwait(false);
        }

        return true;
    }

    private static void RunOne(WriteScope scope, IReaction reaction, Pending pending)
    {
        // Claimed and marked first: whoever deletes the row owns it. One that another runner has in hand is passed over, not
        // waited for, and no order of numbers is relied on: a smaller one may commit after a larger one.
        var claimed = scope.QueryFirstOrDefault<long>("SELECT id FROM event_pending WHERE id=@Id" + scope.SkipLocked, new { pending.Id });
        if (claimed != pending.Id) return;
        scope.Execute("DELETE FROM event_pending WHERE id=@Id", new { pending.Id });
        reaction.React(scope, pending.Body);
    }

    [SuppressMessage("Design", "CA1031", Justification = "A failing reaction is a value: recorded with its row and tried again.")]
    private async Task RunAloneAsync(IReaction reaction, Pending pending, CancellationToken cancel)
    {
        try
        {
            await database.WriteAsync(scope => RunOne(scope, reaction, pending), WritePriority.Bulk, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && !room.IsFull(e))
        {
            log.ReactionFailed(e, reaction.Name, pending.Id);
            await database.WriteAsync(scope => scope.Execute(
                "UPDATE event_pending SET attempts=@attempts, error=@error, not_before_ms=@again WHERE id=@Id",
                new { pending.Id, attempts = pending.Attempts + 1, error = e.Message, again = (time.GetUtcNow() + After(pending.Attempts)).ToUnixTimeMilliseconds() }),
                WritePriority.Bulk, cancel).ConfigureAwait(false);
        }
    }

    private static TimeSpan After(long attempts) => TimeSpan.FromSeconds(Math.Min(600, 1 << (int)Math.Min(attempts, 9)));

    private sealed record Pending(long Id, string Body, long Attempts);
}
