using System.Net.Http.Json;
using ThreeOneOne.Field.Bench.Ingest;

namespace ThreeOneOne.Field.Bench.Screens;

/// <summary>Colleagues at work: each second one open request gets another priority.</summary>
internal sealed class Office : IAsyncDisposable
{
    private readonly CancellationTokenSource closing;
    private readonly Task working;
    private long changed;

    private Office(HubUnderTest hub, int requests, Random random, CancellationToken stop)
    {
        closing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        working = WorkAsync(hub, requests, random, closing.Token);
    }

    public long Changed => Interlocked.Read(ref changed);

    public static Office Open(HubUnderTest hub, int requests, Random random, CancellationToken stop) => new(hub, requests, random, stop);

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        await working.ConfigureAwait(false);
        closing.Dispose();
    }

    private async Task WorkAsync(HubUnderTest hub, int requests, Random random, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                using var answer = await hub.Client.PutAsJsonAsync(
                    new Uri($"/api/requests/{ScreenCity.Number(random.Next(requests))}", UriKind.Relative), new { priority = 1 + random.Next(4) }, stop).ConfigureAwait(false);
                answer.EnsureSuccessStatusCode();
                Interlocked.Increment(ref changed);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Closing time.
        }
    }
}
