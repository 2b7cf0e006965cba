using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>
/// Calls to one city's server: bounded in time and size, never redirected to another host, and told apart by how far they got.
/// The key goes out with calls and into nothing else.
/// </summary>
public sealed partial class CityHttp : IDisposable
{
    private const int MostRedirects = 3;
    private const int LongestCause = 600;
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    private readonly HttpClient client;
    private readonly CitySystemOptions options;
    private readonly TimeProvider time;
    private readonly CityPace pace;
    private readonly string key;

    /// <param name="options">Where, and how.</param>
    /// <param name="handler">The way to the network; disposed of with this.</param>
    /// <param name="pace">Counts the calls.</param>
    /// <param name="time">For time-outs and pauses.</param>
    public CityHttp(CitySystemOptions options, HttpMessageHandler handler, CityPace pace, TimeProvider time)
    {
        this.options = options;
        this.pace = pace;
        this.time = time;
        key = options.KeyFile.Length > 0 ? File.ReadAllText(options.KeyFile).Trim() : "";
        client = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ThreeOneOne.Field", "0.1"));
    }

    /// <summary>One handler for all calls: no redirects, no cookies, connections that are renewed.</summary>
    public static SocketsHttpHandler Handler(CitySystemOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        MaxConnectionsPerServer = options.Concurrency,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        ConnectTimeout = options.Timeout,
        MaxResponseHeadersLength = 64,
    };

    /// <param name="path">Below the endpoint, without format: <c>requests</c>, <c>tokens/abc</c>; already escaped.</param>
    /// <param name="query">Names and values; empty values are left out.</param>
    /// <param name="cancel">Gives the call up.</param>
    public async Task<CityReply> GetAsync(string path, IEnumerable<KeyValuePair<string, string?>> query, CancellationToken cancel)
    {
        var address = Address(path, query);
        for (var hop = 0; ; hop++)
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, address);
            var (reply, next) = await SendAsync(message, address, cancel).ConfigureAwait(false);
            if (next is null || hop == MostRedirects) return reply;
            address = next;
        }
    }

    /// <param name="path">Below the endpoint, without format.</param>
    /// <param name="form">Fields without the key.</param>
    /// <param name="latest">After this nothing is sent any more: whoever holds the push by then may have it looked up.</param>
    /// <param name="cancel">Gives the call up.</param>
    public async Task<CityReply> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> form, DateTimeOffset latest, CancellationToken cancel)
    {
        var keyed = options.Quirks.Key == CityQuirks.KeyPlace.Body && key.Length > 0 ? form.Append(new("api_key", key)) : form;
        var address = Address(path, options.Quirks.Key == CityQuirks.KeyPlace.Query ? [new("api_key", key)] : []);
        using var content = new FencedForm(keyed, latest, time);
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        // A connection that the server is about to close would leave it open whether it read this.
        message.Headers.ConnectionClose = true;
        var (reply, _) = await SendAsync(message, address, cancel).ConfigureAwait(false);
        return content.IsTooLate ? new CityReply(CityReply.Reach.NotSent, 0, null, "its turn was over before it could be sent", null) : reply;
    }

    public void Dispose() => client.Dispose();

    /// <summary>Text for people, in one line, cut, and without the key even where the city repeats it.</summary>
    internal string Words(string text)
    {
        var plain = Spaces().Replace(key.Length > 0 ? text.Replace(key, "…", StringComparison.OrdinalIgnoreCase) : text, " ").Trim();
        return plain.Length > LongestCause ? plain[..LongestCause] + "…" : plain;
    }

    private Uri Address(string path, IEnumerable<KeyValuePair<string, string?>> query)
    {
        var fields = query.Where(q => !string.IsNullOrEmpty(q.Value)).Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value!)}").ToList();
        var format = options.Quirks.Format == CityQuirks.Form.Xml ? "xml" : "json";
        return new Uri($"{options.Url.TrimEnd('/')}/{path}.{format}{(fields.Count > 0 ? "?" + string.Join('&', fields) : "")}");
    }

    private async Task<(CityReply Reply, Uri? Next)> SendAsync(HttpRequestMessage message, Uri address, CancellationToken cancel)
    {
        if (options.Quirks.Key == CityQuirks.KeyPlace.Bearer && key.Length > 0) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        pace.Take();
        using var clock = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancel);
        try
        {
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            return await ReadAsync(message, response, address, both.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError)
        {
            return (new CityReply(CityReply.Reach.NotSent, 0, null, Words($"no connection to {address.Host}: {e.Message}"), null), null);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (Broken($"no answer within {options.Timeout.TotalSeconds:0} s"), null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            return (Broken($"the connection broke: {e.Message}"), null);
        }
    }

    private async Task<(CityReply Reply, Uri? Next)> ReadAsync(HttpRequestMessage message, HttpResponseMessage response, Uri address, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        var pause = Pause(response.Headers.RetryAfter);
        if (status == StatusCodes.Status429TooManyRequests) pace.PauseUntil(time.GetUtcNow() + (pause ?? options.FirstBackOff));
        if (status is >= 300 and < 400 && response.Headers.Location is { } location)
        {
            var target = new Uri(address, location);
            // Another host would be told what only the city should hear.
            var isOurs = target.Host == address.Host && (target.Port == address.Port || target.Scheme == "https") && target.Scheme is "https" or "http" && !(address.Scheme == "https" && target.Scheme == "http");
            if (message.Method == HttpMethod.Get && isOurs) return (Broken("too many redirects"), target);
            return (new CityReply(CityReply.Reach.Answered, status, null, Words($"{status}: it has moved to {target.GetLeftPart(UriPartial.Path)}; if that is right, set CitySystem:Url"), null), null);
        }

        var body = await BodyAsync(response, cancel).ConfigureAwait(false);
        if (body is null) return (Broken($"{status} with more than {options.MaxAnswerMb} MiB"), null);
        var document = CityDocument.Read(body.AsSpan(), response.Content.Headers.ContentType?.ToString());
        var errors = LenientReader.Errors(document);
        var said = errors.Count > 0 ? string.Join("; ", errors.Take(5)) : document.Fault ?? (document.Format == "empty" ? "an empty answer" : null);
        var cause = status is >= 200 and < 300 ? document.Fault ?? (errors.Count > 0 ? said : null) : $"{status}: {said ?? response.ReasonPhrase ?? "no reason given"}";
        return (new CityReply(CityReply.Reach.Answered, status, document, cause is null ? null : Words(cause), pause), null);
    }

    private async Task<byte[]?> BodyAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var most = options.MaxAnswerMb * 1024 * 1024;
        if (response.Content.Headers.ContentLength > most) return null;
        await using var stream = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        using var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancel).ConfigureAwait(false)) > 0)
            {
                if (body.Length + read > most) return null;
                body.Write(buffer, 0, read);
            }

            return body.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private TimeSpan? Pause(RetryConditionHeaderValue? header)
    {
        var pause = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return pause is not { } value || value < TimeSpan.Zero ? null : value > LongestPause ? LongestPause : value;
    }

    private CityReply Broken(string cause) => new(CityReply.Reach.Broken, 0, null, Words(cause), null);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
