using System.Globalization;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Receipts;

/// <summary><c>GET /api/shifts/{id}/receipt</c>: adds up the vehicles of a shift.</summary>
public static class ReadShiftReceipt
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/shifts/{id}/receipt", async Task<IResult> (
            string id, Database database, VehicleRegistry registry, VehicleStatuses statuses, HubOptions hub, CancellationToken cancel) =>
        {
            var (shift, signedOn, counted) = await database.ReadAsync(
                c => (CrewStore.FindShift(c, id), CrewStore.VehiclesOfShift(c, id), ReceiptStore.OfShift(c, id)), cancel).ConfigureAwait(false);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);
            var byVehicle = counted.ToDictionary(v => v.Vehicle);
            var vehicles = signedOn.Union(byVehicle.Keys).Order(StringComparer.Ordinal)
                .Select(v => Of(id, v, byVehicle.GetValueOrDefault(v, (v, 0, null)), registry, statuses)).ToList();
            if (vehicles.Count == 0) return TypedResults.Problem($"no shift has the id '{id}': GET /api/crews/{{id}}/shifts lists those there are", statusCode: StatusCodes.Status404NotFound);
            return TypedResults.Ok(new ShiftReceiptView(
                id, shift?.Crew, shift?.From, shift?.To, vehicles.Sum(v => v.AtCityHall), vehicles.Sum(v => v.Still),
                vehicles.TrueForAll(v => v is { SignedFor: not null, Still: 0 }), Sentence(vehicles, zone), vehicles));
        }).RequirePermission("crews.read");

    private static ShiftReceiptView.OnVehicle Of(
        string shift, string vehicle, (string Vehicle, long Here, long? Signed) counted, VehicleRegistry registry, VehicleStatuses statuses)
    {
        var known = statuses.Find(vehicle);
        // Before it has signed, what it says of its outbox is the best there is.
        var still = counted.Signed is { } signed ? Math.Max(0, signed - counted.Here) : known.Status is { } s && s.ShiftId == shift ? s.UnsentActions : 0;
        return new ShiftReceiptView.OnVehicle(
            vehicle, registry.Find(vehicle)?.Name ?? vehicle, counted.Here, counted.Signed, still,
            counted.Signed is not null && still > 0 && known.Status is { UnsentActions: 0, Online: true } && known.Online, known.LastSeen);
    }

    internal static string Sentence(IReadOnlyList<ShiftReceiptView.OnVehicle> vehicles, TimeZoneInfo zone)
    {
        var parts = new List<string> { $"{vehicles.Sum(v => v.AtCityHall)} at city hall" };
        foreach (var vehicle in vehicles.Where(v => v.Still > 0))
        {
            var heard = vehicle.LastHeard is { } at ? $"last heard {TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture)}" : "never heard";
            parts.Add(vehicle.Missing ? $"{vehicle.Still} of {vehicle.Name} missing" : $"{vehicle.Still} still on {vehicle.Name}");
            parts.Add(heard);
        }

        foreach (var vehicle in vehicles.Where(v => v is { SignedFor: null, Still: 0 })) parts.Add($"{vehicle.Name} has not signed off");
        return string.Join(", ", parts);
    }
}
