using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>
/// IoT Hub's service API: twins, direct methods and identities of devices by HTTPS. A token lives an hour and is renewed early. When the IoT Hub is throttled or
/// away, every call waits as long as it asks, and is tried again a few times.
/// https://learn.microsoft.com/rest/api/iothub/service
/// </summary>
internal sealed class ServiceApi : IDisposable
{
    public const string ApiVersion = "2021-04-12";

    private const int Tries = 4;
    private const int LongestBody = 64 * 1024;
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private readonly AzureOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<ServiceApi> log;
    private readonly HttpClient client;
    private readonly SemaphoreSlim calls;
    private readonly Lock gate = new();
    private readonly Random jitter = new(Environment.ProcessId);
    private (string Text, DateTimeOffset Renew)? token;
    private DateTimeOffset heldUntil;
    private long throttled;

    public ServiceApi(AzureOptions options, TimeProvider time, ILogger<ServiceApi> log)
    {
        (this.options, this.time, this.log) = (options, time, log);
        calls = new SemaphoreSlim(options.Calls);
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = options.Calls, PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestBody,
        };
    }

    /// <summary>Calls that were answered 429 since the start.</summary>
    public long Throttled => Interlocked.Read(ref throttled);

    /// <param name="method">GET, POST, PUT or PATCH.</param>
    /// <param name="path">Below the host, such as <c>twins/unit-214/methods</c>.</param>
    /// <param name="body">JSON; empty: none.</param>
    /// <param name="cancel">Gives the call up.</param>
    /// <param name="etag">What the call changes must still be this one; null: whatever it is.</param>
    public async Task<ServiceAnswer> CallAsync(HttpMethod method, string path, ReadOnlyMemory<byte> body, CancellationToken cancel, string? etag = null)
    {
        await calls.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                await WaitAsync(cancel).ConfigureAwait(false);
                var (answer, retryAfter) = await OnceAsync(method, path, body, etag, cancel).ConfigureAwait(false);
                if (answer.Status == HttpStatusCode.Unauthorized) Forget();
                // A method that was not answered in time may have run: its sender knows what comes next.
                if (attempt == Tries || answer.Status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.InternalServerError)) return answer;
                Hold(retryAfter ?? FirstWait * (1 << (attempt - 1)));
            }
        }
        finally
        {
            calls.Release();
        }
    }

    public void Dispose()
    {
        client.Dispose();
        calls.Dispose();
    }

    private async Task<(ServiceAnswer Answer, TimeSpan? RetryAfter)> OnceAsync(HttpMethod method, string path, ReadOnlyMemory<byte> body, string? etag, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(options.MethodTimeout + Grace, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(options.Service, $"{path}?api-version={ApiVersion}"));
            if (!body.IsEmpty) request.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };
            if (etag is not null) request.Headers.TryAddWithoutValidation("If-Match", $"\"{etag}\"");
            request.Headers.TryAddWithoutValidation("Authorization", Token());
            using var response = await client.SendAsync(request, both.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.TooManyRequests) Interlocked.Increment(ref throttled);
            var said = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(both.Token).ConfigureAwait(false));
            var wait = response.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date - time.GetUtcNow()) : null;
            return (new ServiceAnswer(response.StatusCode, said), wait);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (new ServiceAnswer(null, "no answer in time"), null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException or FormatException)
        {
            log.CallFailed(e.Message);
            return (new ServiceAnswer(null, e.Message), null);
        }
    }

    private string Token()
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            if (token is { } held && held.Renew > now) return held.Text;
            token = (SasToken.Of(options.Host, SasToken.ReadKey(options.PolicyKeyFile), now + TokenLife, options.Policy), now + (TokenLife * 0.75));
            return token.Value.Text;
        }
    }

    // The key may have been exchanged: the next call reads it anew.
    private void Forget()
    {
        lock (gate) token = null;
    }

    private void Hold(TimeSpan wait)
    {
        lock (gate)
        {
            var bounded = wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait;
            var until = time.GetUtcNow() + (bounded * (1 + (0.2 * jitter.NextDouble())));
            if (until > heldUntil) heldUntil = until;
        }
    }

    private async Task WaitAsync(CancellationToken cancel)
    {
        TimeSpan wait;
        lock (gate) wait = heldUntil - time.GetUtcNow();
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancel).ConfigureAwait(false);
    }
}
