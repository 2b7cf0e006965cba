using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Receipts;

/// <summary>
/// <c>GET /api/shifts/{id}/receipt</c>: adds up the vehicles of a shift. <c>GET /api/shifts</c>: the same of the newest shifts,
/// of all crews or of one (<c>crew</c>) or on one vehicle (<c>vehicle</c>), in pages (<c>limit</c>, <c>cursor</c>).
/// </summary>
public static class ReadShiftReceipt
{
    private const int UsualLimit = 50;
    private const int MostLimit = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/shifts/{id}/receipt", async Task<IResult> (string id, Database database, ShiftReceipts receipts, CancellationToken cancel) =>
        {
            var receipt = await database.ReadAsync(c => receipts.Find(c, id), cancel).ConfigureAwait(false);
            return receipt is null
                ? TypedResults.Problem($"no shift has the id '{id}': GET /api/shifts lists those there are", statusCode: StatusCodes.Status404NotFound)
                : TypedResults.Ok(receipt);
        }).RequirePermission("crews.read").WithSummary("Read what has arrived of a shift");

        routes.MapGet("/api/shifts", async Task<IResult> (
            Database database, ShiftReceipts receipts, CancellationToken cancel, string? crew = null, string? vehicle = null, string? cursor = null, int? limit = null) =>
        {
            if (limit is < 1 or > MostLimit) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["limit"] = [$"1 to {MostLimit}"] });
            var most = limit ?? UsualLimit;
            var items = await database.ReadAsync(c => receipts.Newest(c, crew, vehicle, cursor, most), cancel).ConfigureAwait(false);
            return TypedResults.Ok(new { items, next = items.Count == most ? items[^1].Shift : null });
        }).RequirePermission("crews.read").WithSummary("List shifts");
    }
}
