using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>Writes lines to the store: compressed, bounded in time, and with the token in a header only.</summary>
public sealed class TimeSeriesClient : IDisposable
{
    private const int LongestCause = 300;
    private readonly TelemetryOptions options;
    private readonly TimeProvider time;
    private readonly HttpClient client;

    public TimeSeriesClient(TelemetryOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = options.Timeout, PooledConnectionLifetime = TimeSpan.FromMinutes(5), MaxConnectionsPerServer = 1,
        })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 64 * 1024,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ThreeOneOne.Field", "0.1"));
        if (options.TokenFile.Length == 0) return;
        var token = File.ReadAllText(options.TokenFile).Trim();
        client.DefaultRequestHeaders.Authorization = options.Api == TimeSeriesApi.V2
            ? new AuthenticationHeaderValue("Token", token)
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(token)));
    }

    /// <param name="points">At least one.</param>
    /// <param name="aboutVehicles">They go where <see cref="TelemetryOptions.VehicleBucket"/> says.</param>
    /// <param name="cancel">Gives the call up.</param>
    public async Task<Delivery> SendAsync(IReadOnlyList<Point> points, bool aboutVehicles, CancellationToken cancel)
    {
        var lines = new StringBuilder();
        foreach (var point in points) LineProtocol.Write(lines, point);
        if (lines.Length == 0) return new Delivery(Delivery.Fate.Taken);
        using var content = Compressed(lines.ToString());
        using var clock = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancel);
        try
        {
            using var response = await client.PostAsync(Address(aboutVehicles), content, both.Token).ConfigureAwait(false);
            return await JudgeAsync(response, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Delivery(Delivery.Fate.Failed, $"no answer within {options.Timeout.TotalSeconds:0.#} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Delivery(Delivery.Fate.Failed, e.Message);
        }
    }

    public void Dispose() => client.Dispose();

    private static async Task<Delivery> JudgeAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.IsSuccessStatusCode) return new Delivery(Delivery.Fate.Taken);
        var said = (await response.Content.ReadAsStringAsync(cancel).ConfigureAwait(false)).ReplaceLineEndings(" ").Trim();
        var cause = $"{(int)response.StatusCode} {response.ReasonPhrase}: {(said.Length > LongestCause ? said[..LongestCause] + "…" : said)}";
        // These say that the points themselves are wrong. A missing database or a wrong token is mended at the store, and the points stay.
        var isWrong = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity;
        return new Delivery(isWrong ? Delivery.Fate.Refused : Delivery.Fate.Failed, cause, response.Headers.RetryAfter?.Delta);
    }

    private Uri Address(bool aboutVehicles)
    {
        var vehicles = aboutVehicles ? options.VehicleBucket : null;
        var query = options.Api == TimeSeriesApi.V2
            ? $"api/v2/write?org={Uri.EscapeDataString(options.Organisation)}&bucket={Uri.EscapeDataString(vehicles ?? options.Bucket)}&precision=ms"
            : $"write?db={Uri.EscapeDataString(options.Bucket)}{(vehicles is null ? "" : "&rp=" + Uri.EscapeDataString(vehicles))}&precision=ms";
        return new Uri(new Uri(options.Url), query);
    }

    private static ByteArrayContent Compressed(string lines)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(lines));
        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain") { CharSet = "utf-8" };
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
