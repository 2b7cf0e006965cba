using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ThreeOneOne.Field.Security.Fuzz;
using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>
/// Broken and hostile calls of GeoReport v2: forms, parts with files, XML and JSON bodies, queries, paths. None names a service that
/// there is, so none may open a request; half carry a good key, so that they get past the door.
/// </summary>
public sealed class FuzzedOpen311(SecurityOptions options) : IAttack
{
    private const int AtOnce = 24;
    private static readonly string[] Names = ["service_code", "lat", "long", "address_string", "address_id", "email", "first_name", "phone", "description", "media_url", "jurisdiction_id", "attribute[A]", "attribute[A][]", "device_id", "account_id"];
    private static readonly string[] Queries = ["start_date", "end_date", "status", "service_request_id", "service_code", "page", "page_size", "extensions", "jurisdiction_id", "lat", "long", "radius", "q", "updated_after", "updated_before"];

    public string Name => $"{options.Messages:N0} fuzzed calls of Open311";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        using var body = new FormUrlEncodedContent(new Dictionary<string, string> { ["service_code"] = "pothole", ["lat"] = "42.3655", ["long"] = "-71.1037", ["description"] = "control" });
        using var answer = await scene.Hub.SendAsync(HttpMethod.Post, "open311/v2/requests.json", body, withKey: true, stop).ConfigureAwait(false);
        return answer.IsSuccessStatusCode ? null : $"a right report is answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(stop).ConfigureAwait(false)}";
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var before = await CountAsync(scene, stop).ConfigureAwait(false);
        var (tried, crashed, refused) = (0, 0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, options.Messages), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (i, cancel) =>
        {
            // A generator of its own for each, so that the order in which they run changes nothing.
            using var request = Make(new Random(options.Seed * 7_919 + i), scene.Hub.Key);
            try
            {
                using var answer = await scene.Hub.Http.SendAsync(request, cancel).ConfigureAwait(false);
                if ((int)answer.StatusCode >= 500) Interlocked.Increment(ref crashed);
                if (answer.StatusCode == HttpStatusCode.TooManyRequests) Interlocked.Increment(ref refused);
            }
            catch (HttpRequestException) when (!scene.Hub.HasExited)
            {
                // Closed before all of a long body was sent.
            }

            Interlocked.Increment(ref tried);
        }).ConfigureAwait(false);
        var let = await CountAsync(scene, stop).ConfigureAwait(false) - before;
        return new Tally(tried, let, crashed, refused > 0 ? $"{refused} met the limit of calls" : "");
    }

    private static HttpRequestMessage Make(Random random, string key)
    {
        var mutator = new Mutator(random);
        var format = random.Next(8) switch { 0 => "", 1 => "." + Uri.EscapeDataString(Short(mutator.Text())), 2 or 3 => ".xml", _ => ".json" };
        var resource = random.Next(7) switch
        {
            0 => "services", 1 => "services/" + Uri.EscapeDataString(Short(mutator.Text())), 2 => "requests/" + Uri.EscapeDataString(Short(mutator.Text())),
            3 => "tokens/" + Uri.EscapeDataString(Short(mutator.Text())), 4 => "servicerequestupdates", _ => "requests",
        };
        var query = new StringBuilder();
        for (var left = random.Next(5); left > 0; left--)
            query.Append(query.Length == 0 ? '?' : '&').Append(Queries[random.Next(Queries.Length)]).Append('=').Append(Uri.EscapeDataString(Short(mutator.Text())));
        if (random.Next(10) == 0) query.Append("?&&%zz=%&=%00");
        var posts = random.Next(2) == 0;
        var address = $"open311/v2/{resource}{format}{query}";
        if (!Uri.TryCreate(address, UriKind.Relative, out var uri)) uri = new Uri("open311/v2/requests.json", UriKind.Relative);
        var request = new HttpRequestMessage(posts ? HttpMethod.Post : HttpMethod.Get, uri);
        if (random.Next(2) == 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (posts) request.Content = Body(random, mutator);
        return request;
    }

    private static HttpContent Body(Random random, Mutator mutator)
    {
        switch (random.Next(6))
        {
            case 0:
                var parts = new MultipartFormDataContent(random.Next(4) == 0 ? new string('b', random.Next(1, 70)) : "boundary");
                for (var left = random.Next(6); left > 0; left--)
                {
                    var bytes = new ByteArrayContent(random.Next(2) == 0 ? mutator.Junk() : [0xFF, 0xD8, 0xFF, 0xE0, .. mutator.Junk()]);
                    if (random.Next(2) == 0) parts.Add(bytes, Names[random.Next(Names.Length)]);
                    else parts.Add(bytes, "media", "a.jpg");
                }

                return parts;
            case 1:
                return Text("text/xml", $"<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]><service_requests><request><service_code>&x;&b;{WebUtility.HtmlEncode(mutator.Text())}</service_code></request></service_requests>");
            case 2:
                return Bytes("application/json", mutator.Next("""{"service_code":"fuzz","lat":42.3655,"long":-71.1037,"description":"a","attribute":{"A":["b"]}}"""u8.ToArray()));
            case 3:
                return Bytes("application/x-www-form-urlencoded", mutator.Bytes("service_code=fuzz&lat=42.3655&long=-71.1037&description=a&attribute[A]=b&email=a@b.example"u8.ToArray()));
            default:
                var form = new StringBuilder("service_code=fuzz-").Append(random.Next(1_000).ToString(CultureInfo.InvariantCulture));
                for (var left = random.Next(12); left > 0; left--) form.Append('&').Append(Names[random.Next(1, Names.Length)]).Append('=').Append(WebUtility.UrlEncode(mutator.Text()));
                return Text("application/x-www-form-urlencoded", form.ToString());
        }
    }

    private static StringContent Text(string type, string text) => new(text, Encoding.UTF8, type);

    private static ByteArrayContent Bytes(string type, byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    private static string Short(string text) => new([.. text.Where(c => !char.IsSurrogate(c)).Take(120)]);

    private static async Task<int> CountAsync(SecurityScene scene, CancellationToken stop) =>
        (await scene.Hub.Api.RequestsAsync(stop).ConfigureAwait(false)).Count;
}
