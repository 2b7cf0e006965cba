using System.Collections.Concurrent;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// Looks every few seconds whether requests that are still running, such as the live feed, are still signed in, and ends
/// those that are not: signing out, a revoked key and a changed role reach open pages too, whoever made the change.
/// </summary>
internal sealed class CredentialWatch(Credentials credentials, AccessOptions options, TimeProvider time, ILogger<CredentialWatch> log)
    : BackgroundService
{
    private readonly ConcurrentDictionary<HttpContext, ActorIdentity> open = new();

    public async Task TrackAsync(HttpContext context, RequestDelegate next)
    {
        if (context.ActorIdentity() is not { } identity)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        open[context] = identity;
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            open.TryRemove(context, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.RecheckSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await RecheckAsync(stoppingToken).ConfigureAwait(false);
                await credentials.FlushAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is System.Data.Common.DbException)
            {
                log.WatchFailed(e);
            }
        }
    }

    private async Task RecheckAsync(CancellationToken cancel)
    {
        foreach (var group in open.GroupBy(o => o.Value.Credential))
        {
            if (await credentials.IsStillGoodAsync(group.First().Value, cancel).ConfigureAwait(false)) continue;
            foreach (var (context, identity) in group)
            {
                log.RequestEnded(identity.Actor.Kind, identity.Actor.Name);
                context.Abort();
            }
        }
    }
}
