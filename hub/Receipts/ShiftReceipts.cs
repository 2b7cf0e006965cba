using System.Data.Common;
using System.Globalization;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Receipts;

/// <summary>Works out receipts of shifts from what crews signed on to, what arrived, and what vehicles signed for.</summary>
public sealed class ShiftReceipts(VehicleRegistry registry, VehicleStatuses statuses, HubOptions hub)
{
    /// <returns>Null when nothing of such a shift ever arrived.</returns>
    public ShiftReceiptView? Find(DbConnection connection, string id) => Of(connection, id, CrewStore.FindShift(connection, id));

    /// <summary>The newest first.</summary>
    /// <param name="connection">For reading.</param>
    /// <param name="crew">Only of this crew; null for all.</param>
    /// <param name="vehicle">Only those with this vehicle; null for all.</param>
    /// <param name="after">Id of the shift that the page before ended with; null for the first page.</param>
    /// <param name="most">Length of a page.</param>
    public IReadOnlyList<ShiftReceiptView> Newest(DbConnection connection, string? crew, string? vehicle, string? after, int most) =>
        [.. CrewStore.NewestShifts(connection, crew, vehicle, after, most).Select(s => Of(connection, s.Id, s)).OfType<ShiftReceiptView>()];

    private ShiftReceiptView? Of(DbConnection connection, string id, Shift? shift)
    {
        var byVehicle = ReceiptStore.OfShift(connection, id).ToDictionary(v => v.Vehicle);
        var vehicles = CrewStore.VehiclesOfShift(connection, id).Union(byVehicle.Keys).Order(StringComparer.Ordinal)
            .Select(v => Of(connection, id, v, byVehicle.GetValueOrDefault(v, (v, 0, null)))).ToList();
        if (vehicles.Count == 0) return null;
        var crew = shift is null ? null : CrewStore.Name(connection, shift.Crew);
        return new ShiftReceiptView(
            id, shift?.Crew, crew, shift?.From, shift?.To, vehicles.Sum(v => v.AtCityHall), vehicles.Sum(v => v.Still),
            vehicles.TrueForAll(v => v is { SignedFor: not null, Still: 0 }), Sentence(vehicles, TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone)), vehicles);
    }

    private ShiftReceiptView.OnVehicle Of(DbConnection connection, string shift, string vehicle, (string Vehicle, long Here, long? Signed) counted)
    {
        var known = statuses.Find(vehicle);
        // Before it has signed, what it says of its outbox is the best there is.
        var still = counted.Signed is { } signed ? Math.Max(0, signed - counted.Here) : known.Status is { } s && s.ShiftId == shift ? ReceiptStore.StillOut(connection, vehicle, s) : 0;
        return new ShiftReceiptView.OnVehicle(
            vehicle, registry.Find(vehicle)?.Name ?? vehicle, counted.Here, counted.Signed, still,
            counted.Signed is not null && still > 0 && known.Status is { UnsentActions: 0, Online: true } && known.Online, known.Online, known.LastSeen);
    }

    private static string Sentence(IReadOnlyList<ShiftReceiptView.OnVehicle> vehicles, TimeZoneInfo zone)
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
