using System.Buffers;
using System.Text;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>
/// <c>GET /api/requests/export.csv</c> and <c>.geojson</c> (<c>?from=&amp;to=&amp;service=&amp;status=</c>): public requests for an open-data portal, the
/// newest first, exactly as Open311 shows them. Written as it is read, so that a city's years need no memory; one that breaks off ends
/// without its end, which programs notice.
/// </summary>
internal sealed class ExportRequests(Database database, PublicRequests requests, HubOptions hub)
{
    private const int PageRows = 500;

    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/requests/export.csv", (ExportRequests export, HttpContext context, string? from = null, string? to = null, string? service = null, string? status = null) =>
            export.Answer(context, "text/csv; charset=utf-8", "requests.csv", export.WriteCsvAsync, from, to, service, status))
            .RequirePermission("requests.read").WithSummary("Export public requests as CSV").Produces<string>(StatusCodes.Status200OK, "text/csv");
        routes.MapGet("/api/requests/export.geojson", (ExportRequests export, HttpContext context, string? from = null, string? to = null, string? service = null, string? status = null) =>
            export.Answer(context, "application/geo+json", "requests.geojson", export.WriteGeoJsonAsync, from, to, service, status))
            .RequirePermission("requests.read").WithSummary("Export public requests as GeoJSON").Produces<string>(StatusCodes.Status200OK, "application/geo+json");
    }

    private IResult Answer(
        HttpContext context, string type, string name, Func<Stream, PublicFilter, string, CancellationToken, Task> write, string? from, string? to, string? service, string? status)
    {
        var errors = new Dictionary<string, string[]>();
        GeoDate? Date(string field, string? text, bool end)
        {
            if (string.IsNullOrEmpty(text)) return null;
            if (GeoDate.TryRead(text, zone, end) is { } date) return date;
            errors[field] = ["a date like 2026-11-21, of the city's calendar, or 2026-11-21T10:00:00Z"];
            return null;
        }

        var (first, last) = (Date("from", from, end: false), Date("to", to, end: true));
        if (status is not (null or "" or Ticket.Open or Ticket.Closed)) errors["status"] = ["open or closed"];
        var asked = service?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        var services = requests.Services(asked);
        if (asked.Except(services, StringComparer.Ordinal).ToList() is [var strange, ..]) errors["service"] = [$"codes of public services, separated by commas; {strange} is none"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var filter = new PublicFilter
        {
            Services = services, Open = status is not Ticket.Closed, Closed = status is not Ticket.Open, OpenedFromMs = first?.At.ToUnixTimeMilliseconds(),
            OpenedToMs = last is { } end ? DateSpan.LastMsOf(end.At) : null, Limit = PageRows,
        };
        var endpoint = requests.EndpointOf(context.Request);
        return TypedResults.Stream(body => write(body, filter, endpoint, context.RequestAborted), type, name);
    }

    private async Task WriteCsvAsync(Stream body, PublicFilter filter, string endpoint, CancellationToken cancel)
    {
        var text = new StringBuilder().AppendJoin(',', PublicColumns.Names).Append("\r\n");
        await foreach (var rows in PagesAsync(filter, endpoint, cancel).ConfigureAwait(false))
        {
            foreach (var row in rows) text.AppendJoin(',', PublicColumns.Names.Select(n => PublicColumns.Cell(row.GetValueOrDefault(n)))).Append("\r\n");
            await body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancel).ConfigureAwait(false);
            text.Clear();
        }

        await body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancel).ConfigureAwait(false);
    }

    private async Task WriteGeoJsonAsync(Stream body, PublicFilter filter, string endpoint, CancellationToken cancel)
    {
        var buffer = new ArrayBufferWriter<byte>();
        await using var writer = new Utf8JsonWriter(buffer, GeoWriter.Json);
        async Task SendAsync()
        {
            await writer.FlushAsync(cancel).ConfigureAwait(false);
            await body.WriteAsync(buffer.WrittenMemory, cancel).ConfigureAwait(false);
            buffer.ResetWrittenCount();
        }

        writer.WriteStartObject();
        writer.WriteString("type", "FeatureCollection");
        writer.WriteStartArray("features");
        await foreach (var rows in PagesAsync(filter, endpoint, cancel).ConfigureAwait(false))
        {
            foreach (var row in rows) WriteFeature(writer, row);
            await SendAsync().ConfigureAwait(false);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        await SendAsync().ConfigureAwait(false);
    }

    // RFC 7946: longitude first.
    private static void WriteFeature(Utf8JsonWriter writer, IReadOnlyDictionary<string, GeoNode> row)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Feature");
        writer.WriteStartObject("geometry");
        writer.WriteString("type", "Point");
        writer.WriteStartArray("coordinates");
        GeoWriter.WriteValue(writer, row["long"]);
        GeoWriter.WriteValue(writer, row["lat"]);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartObject("properties");
        foreach (var name in PublicColumns.Names.Where(n => n is not ("lat" or "long") && row.ContainsKey(n)))
        {
            writer.WritePropertyName(name);
            GeoWriter.WriteValue(writer, row[name]);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    // A read of its own for each page: a slow reader at the other end holds nothing up.
    private async IAsyncEnumerable<List<IReadOnlyDictionary<string, GeoNode>>> PagesAsync(
        PublicFilter filter, string endpoint, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        for (PublicFilter? page = filter; page is not null;)
        {
            var (rows, next) = await database.ReadAsync(c =>
            {
                var (tickets, after) = PublicReading.Page(c, page);
                return (requests.Extended(c, tickets, endpoint).Select(PublicColumns.Of).ToList(), after);
            }, cancel).ConfigureAwait(false);
            yield return rows;
            page = next is null ? null : page with { After = next };
        }
    }
}
