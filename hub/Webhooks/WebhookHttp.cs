using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>
/// Delivers: to an address that was checked and no other, through no proxy, following no redirect, within a time, and without reading what
/// the receiver writes: whoever can name an address must learn nothing of what is there.
/// </summary>
public sealed class WebhookHttp : IDisposable
{
    private readonly HttpClient client;
    private readonly WebhooksOptions options;
    private readonly WebhookSecrets secrets;
    private readonly TimeProvider time;

    public WebhookHttp(WebhooksOptions options, WebhookSecrets secrets, TimeProvider time)
    {
        this.options = options;
        this.secrets = secrets;
        this.time = time;
        var allowed = options.Networks;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = (context, cancel) => ConnectAsync(context.DnsEndPoint, allowed, cancel),
        }) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ThreeOneOne.Field", "0.1"));
    }

    public async Task<WebhookAnswer> SendAsync(Webhook webhook, string eventId, byte[] body, CancellationToken cancel)
    {
        var seconds = time.GetUtcNow().ToUnixTimeSeconds();
        using var message = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        message.Headers.Add("webhook-id", eventId);
        message.Headers.Add("webhook-timestamp", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        message.Headers.Add("webhook-signature", secrets.Sign(webhook, eventId, seconds, body));
        using var patience = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            var status = (int)response.StatusCode;
            return status switch
            {
                >= 200 and < 300 => new WebhookAnswer(status, null),
                >= 300 and < 400 => new WebhookAnswer(status, $"the receiver answered {status}, a redirect, and none is followed: subscribe the address that it leads to"),
                _ => new WebhookAnswer(status, $"the receiver answered {status}", Wait(response)),
            };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new WebhookAnswer(0, $"no answer within {options.Timeout.TotalSeconds:0} s");
        }
        catch (HttpRequestException e)
        {
            return new WebhookAnswer(0, e.InnerException is AddressRefusedException refused ? refused.Message : Words(e));
        }
    }

    public void Dispose() => client.Dispose();

    private TimeSpan? Wait(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } wait ? wait.Delta ?? (wait.Date is { } at ? at - time.GetUtcNow() : null) : null;

    private static string Words(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "the name in the address leads nowhere",
        HttpRequestError.ConnectionError => "the connection was refused or cut",
        HttpRequestError.SecureConnectionError => "the receiver's certificate is not good, or it speaks no TLS",
        HttpRequestError.ResponseEnded => "the connection was cut before an answer",
        HttpRequestError.Unknown when e.InnerException is IOException => "the connection was cut before an answer",
        var error => $"the delivery failed: {error}",
    };

    // A name may lead elsewhere each time it is asked: what was checked is what is connected to.
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, IReadOnlyList<IPNetwork> allowed, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancel).ConfigureAwait(false);
        var good = addresses.Where(a => WebhookAddress.Fault(a, allowed) is null).ToArray();
        if (good.Length == 0) throw new AddressRefusedException(addresses.Length == 0 ? "the name in the address leads nowhere" : WebhookAddress.Fault(addresses[0], allowed)!);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(good, target.Port, cancel).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class AddressRefusedException(string message) : IOException(message);
}
