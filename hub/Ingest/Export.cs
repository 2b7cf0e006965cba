using System.Buffers;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// <c>GET /api/ingest/export</c>: every stored record as one JSON line, <c>{"vehicle","epoch","record":…}</c> with the record as
/// the vehicle wrote it; first what is no track, then the tracks day by day. Read in pages that give way, so that neither a
/// reader nor the log is held while a slow receiver takes its time.
/// </summary>
public static class Export
{
    // A few milliseconds' work.
    private const int Page = 200;

    // A rest is so many times as long as the work before it: three quarters of the time belong to others when vehicles are
    // silent, and more the busier the writer is with what they send, up to 24 of 25 parts.
    private const int Rest = 3;
    private const int RestWhenBusy = 24;
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/ingest/export", HandleAsync).RequirePermission("ingest.read")
        .WithSummary("Export every stored record as JSON lines");

    private static async Task HandleAsync(HttpContext context, Database database, TrackStore tracks, TimeProvider time, CancellationToken cancel)
    {
        context.Response.ContentType = "application/x-ndjson";
        var names = await database.ReadAsync(RangeStore.Names, cancel).ConfigureAwait(false);
        await WriteAsync(after => database.ReadAsync(c => RecordStore.Page(c, after, Page), cancel)).ConfigureAwait(false);
        foreach (var day in tracks.Files.Days().Reverse())
            await WriteAsync(after => database.ReadAsync(_ => tracks.Page(day, after, Page), cancel)).ConfigureAwait(false);

        async Task WriteAsync(Func<(long, long), Task<IReadOnlyList<(long Source, long Seq, byte[] Body)>>> read)
        {
            using var json = new Utf8JsonWriter(context.Response.BodyWriter);
            var load = new WriterLoad(database, time);
            var began = time.GetTimestamp();
            for ((long Source, long Seq) after = (-1, 0); await read(after).ConfigureAwait(false) is { Count: > 0 } page; after = (page[^1].Source, page[^1].Seq))
            {
                foreach (var row in page) Write(context.Response.BodyWriter, json, names.GetValueOrDefault(row.Source), row.Body);
                var worked = time.GetElapsedTime(began);
                await context.Response.BodyWriter.FlushAsync(cancel).ConfigureAwait(false);
                var rest = worked * (Rest + ((RestWhenBusy - Rest) * load.Share()));
                await Task.Delay(rest < LongestRest ? rest : LongestRest, time, cancel).ConfigureAwait(false);
                began = time.GetTimestamp();
            }
        }
    }

    private static void Write(IBufferWriter<byte> to, Utf8JsonWriter json, (string Vehicle, string Epoch) name, byte[] body)
    {
        // A day may hold more than the main database knew when the names were read: it comes again and is named then.
        if (name.Vehicle is null) return;
        json.Reset(to);
        json.WriteStartObject();
        json.WriteString("vehicle"u8, name.Vehicle);
        json.WriteString("epoch"u8, name.Epoch);
        json.WritePropertyName("record"u8);
        json.WriteRawValue(StoredBody.Unpack(body).Span, skipInputValidation: true);
        json.WriteEndObject();
        json.Flush();
        to.Write("\n"u8);
    }
}
