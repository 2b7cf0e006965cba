using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http.Features;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Receipts;

/// <summary>
/// Takes in an outbox that somebody carried here (<see cref="OutboxExport"/>), through the same steps as what comes on the
/// link: twice changes nothing. By <c>POST /api/outbox</c>, or <c>field-hub outbox import FILE</c> while no hub serves the data.
/// </summary>
public sealed class ImportOutbox(CertificateAuthority authority, VehicleRegistry registry, IngestPipeline pipeline, Database database)
{
    private const int MessagesTogether = 64;
    private const long MostBytes = 1L << 30;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/outbox", HandleAsync).RequirePermission("vehicles.write")
        .WithSummary("Import an outbox that came on a stick");

    /// <param name="file">Seekable, at its start.</param>
    /// <param name="actor">Who brought it.</param>
    /// <param name="cancel">Stops between messages; what was taken in stays.</param>
    /// <exception cref="ImportRefusedException">No export, changed since it was signed, or of a vehicle that this hub does not know.</exception>
    public async Task<OutboxImported> RunAsync(Stream file, Actor actor, CancellationToken cancel)
    {
        var export = Open(file);
        var vehicle = export.Header.Vehicle;
        using (var certificate = X509Certificate2.CreateFromPem(export.Header.Certificate))
        {
            // Also one that has run out since: a vehicle that was away for so long is who this is for.
            if (!authority.HasIssued(certificate))
                throw new ImportRefusedException($"the certificate of vehicle '{vehicle}' is not of this hub's authority: bring the file to the hub that enrolled the vehicle");
        }

        if (registry.Find(vehicle)?.Jurisdiction != export.Header.Jurisdiction)
            throw new ImportRefusedException($"no vehicle '{vehicle}' of jurisdiction '{export.Header.Jurisdiction}' is registered: register it with POST /api/vehicles, then bring the file again");
        var topic = new Topic(export.Header.Jurisdiction, vehicle, Lane.Up).ToString();
        var done = new OutboxImported(vehicle, export.Messages, 0, 0, 0);
        foreach (var messages in export.ReadMessages().Chunk(MessagesTogether))
        {
            var batch = await pipeline.IngestAsync([.. messages.Select(m => new LinkMessage(topic, m, Retained: false))], cancel).ConfigureAwait(false);
            done = done with
            {
                New = done.New + batch.Records.Count(r => r.IsGood), Known = done.Known + batch.Records.Count(r => r.Duplicate),
                Aside = done.Aside + batch.Records.Count(r => r is { Reason: not null, Duplicate: false }) + batch.Unreadable.Count,
            };
        }

        await database.WriteAsync(
            scope => Audit.Write(scope, actor, "outbox.import", done.Vehicle, $"{done.New} new, {done.Known} known, {done.Aside} kept aside"), WritePriority.Interactive, cancel).ConfigureAwait(false);
        return done;
    }

    /// <summary>Checks form and signature of a file, before anything is done about it.</summary>
    /// <exception cref="ImportRefusedException">It is not as a vehicle wrote it.</exception>
    public static OutboxExportReader Open(Stream file)
    {
        try
        {
            return OutboxExportReader.Open(file);
        }
        catch (WireFormatException e)
        {
            throw new ImportRefusedException($"{e.Message}: bring the file whole, as 'field-agent outbox export' wrote it", e);
        }
    }

    private static async Task<IResult> HandleAsync(ImportOutbox import, Database database, HttpContext context, CancellationToken cancel)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBytes;
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using var file = new FileStream(Path.Combine(database.Folder, $"import-{Guid.NewGuid():N}"), options);
        await context.Request.Body.CopyToAsync(file, cancel).ConfigureAwait(false);
        file.Position = 0;
        try
        {
            return TypedResults.Ok(await import.RunAsync(file, context.Actor(), cancel).ConfigureAwait(false));
        }
        catch (ImportRefusedException e)
        {
            return TypedResults.Problem(e.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }
}
