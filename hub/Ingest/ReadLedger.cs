using System.Buffers;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// <c>GET /api/ingest/ledger?vehicle=ID&amp;after=CURSOR</c>: every stored record of a vehicle as one JSON line, so that its
/// own append log can be compared with what the hub has. Read in pages, so that a long one holds no reader.
/// </summary>
public static class ReadLedger
{
    private const int Page = 5_000;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/ingest/ledger", HandleAsync).RequirePermission("ingest.read");

    private static async Task HandleAsync(
        HttpContext context, Database database, IngestStore store, string vehicle, long after = 0, CancellationToken cancel = default)
    {
        context.Response.ContentType = "application/x-ndjson";
        while (true)
        {
            var rows = await database.ReadAsync(c => store.Ledger(c, vehicle, after, Page), cancel).ConfigureAwait(false);
            foreach (var row in rows)
            {
                JsonSerializer.Serialize(context.Response.BodyWriter.AsStream(leaveOpen: true),
                    new { row.Epoch, row.Seq, row.Hash, row.Kind, cursor = row.Id }, HubJson.Options);
                context.Response.BodyWriter.Write("\n"u8);
            }

            await context.Response.BodyWriter.FlushAsync(cancel).ConfigureAwait(false);
            if (rows.Count < Page) return;
            after = rows[^1].Id;
        }
    }
}
