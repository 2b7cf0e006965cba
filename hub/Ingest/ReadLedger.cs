using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// <c>GET /api/ingest/ledger?vehicle=ID&amp;after=CURSOR</c>: every stored record of a vehicle as one JSON line, by epoch and
/// number, so that its own append log can be compared with what the hub has. Read in pages, so that a long one holds no
/// reader.
/// </summary>
public static class ReadLedger
{
    private const int Page = 5_000;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/ingest/ledger", HandleAsync).RequirePermission("ingest.read")
        .WithSummary("List the records of a vehicle by hash");

    private static async Task HandleAsync(
        HttpContext context, Database database, Ledger ledger, string vehicle, string? after = null, CancellationToken cancel = default)
    {
        var sources = await database.ReadAsync(c => RangeStore.Sources(c, vehicle), cancel).ConfigureAwait(false);
        if (!TryParse(after, out var epoch, out var seq))
        {
            await TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["after"] = ["a cursor that this list gave"] }).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = "application/x-ndjson";
        foreach (var source in epoch is null ? sources : sources.SkipWhile(s => s.Epoch != epoch))
        {
            for (var last = source.Epoch == epoch ? seq : 0; await PageAsync(source.Id, last).ConfigureAwait(false) is { } page; last = page.Last)
            {
                foreach (var row in page.Rows)
                {
                    JsonSerializer.Serialize(context.Response.BodyWriter.AsStream(leaveOpen: true),
                        new { source.Epoch, row.Seq, row.Hash, Kind = row.Kind.ToString().ToLowerInvariant(), cursor = $"{source.Epoch}:{row.Seq}" }, HubJson.Options);
                    context.Response.BodyWriter.Write("\n"u8);
                }

                await context.Response.BodyWriter.FlushAsync(cancel).ConfigureAwait(false);
            }
        }

        Task<(long Last, IReadOnlyList<LedgerRow> Rows)?> PageAsync(long source, long last) => database.ReadAsync<(long, IReadOnlyList<LedgerRow>)?>(
            c => Ledger.Next(c, source, last, Page) is var (from, to) ? (to, ledger.Between(c, source, from, to)) : null, cancel);
    }

    private static bool TryParse(string? cursor, out string? epoch, out long seq)
    {
        (epoch, seq) = (null, 0);
        if (cursor is null) return true;
        if (cursor.Split(':') is not [{ Length: 16 } name, var number] || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out seq)) return false;
        epoch = name;
        return true;
    }
}
