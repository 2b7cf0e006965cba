using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Updates;

/// <summary>
/// <c>POST /vehicle/v1/update?running=…</c>: a vehicle says which version it runs and which it took back, and gets the signed
/// manifest that is offered to it, or 204. A version that enough of those to which it was given took back is stopped here.
/// </summary>
internal static class AskUpdate
{
    private const int LongestReason = 400;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/vehicle/v1/update", HandleAsync).ForVehicles();

    private static async Task<Results<ContentHttpResult, NoContent, ProblemHttpResult>> HandleAsync(
        string? running, string? failed, string? reason, string? refused, HttpContext context, Database database, UpdatesOptions options, ILogger<UpdateFiles> log, CancellationToken cancel)
    {
        if (!UpdateManifest.IsVersion(running) || (failed is not null && !UpdateManifest.IsVersion(failed)))
            return TypedResults.Problem("running and failed: expected versions of three numbers with dots", statusCode: StatusCodes.Status400BadRequest);
        var vehicle = context.Vehicle();
        var (offer, stopped) = await database.WriteAsync<(PublishedUpdate? Offer, bool Stopped)>(scope =>
        {
            UpdateStore.Report(scope, new VehicleReport(vehicle, running!, failed, Cut(reason), Cut(refused), scope.Now.ToUnixTimeMilliseconds()));
            var ended = failed is not null && UpdateStore.Failures(scope, failed) >= options.MostFailures && UpdateStore.Stop(scope, failed, $"{options.MostFailures} vehicles took it back");
            var meant = UpdateStore.For(scope, vehicle);
            if (meant is null || meant.Version == running || meant.Version == failed) return (null, ended);
            UpdateStore.Given(scope, meant.Version, vehicle);
            return (meant, ended);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (stopped) log.Stopped(failed!, options.MostFailures);
        return offer is null ? TypedResults.NoContent() : TypedResults.Text(offer.Envelope, "application/json");
    }

    private static string? Cut(string? text) => text is null ? null : string.Concat(text.Take(LongestReason).Where(c => !char.IsControl(c)));
}
