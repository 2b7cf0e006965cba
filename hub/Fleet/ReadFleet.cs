using System.Globalization;
using System.Text;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Fleet;

/// <summary>
/// <c>GET /api/fleet/health</c> and <c>GET /api/fleet/health.csv</c>: each vehicle's connection, program, certificate, backlog and computer, why
/// it needs attention, and how many of each; <c>GET /api/fleet/health/{id}</c>: one vehicle's last days.
/// </summary>
public static class ReadFleet
{
    private const int MostRecords = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/fleet/health", async (FleetHealth fleet, CancellationToken cancel) =>
        {
            var units = await fleet.LookAsync(cancel).ConfigureAwait(false);
            return TypedResults.Ok(new View(Count(units), units));
        }).RequirePermission("vehicles.read").WithSummary("Read how every vehicle is and which need attention");
        routes.MapGet("/api/fleet/health.csv", async (FleetHealth fleet, CancellationToken cancel) =>
            TypedResults.Text(Csv(await fleet.LookAsync(cancel).ConfigureAwait(false)), "text/csv; charset=utf-8")).RequirePermission("vehicles.read")
            .WithSummary("Read how every vehicle is as CSV");
        routes.MapGet("/api/fleet/health/{id}", async Task<IResult> (string id, Database database, VehicleRegistry registry, CancellationToken cancel) =>
        {
            if (registry.Find(id) is null)
                return TypedResults.Problem($"no vehicle has the id '{id}': GET /api/vehicles lists those there are", statusCode: StatusCodes.Status404NotFound);
            var past = await database.ReadAsync(c => HealthStore.Of(c, id, MostRecords), cancel).ConfigureAwait(false);
            return TypedResults.Ok(new { items = past.Select(p => new Past(p.At, p.Health)) });
        }).RequirePermission("vehicles.read").WithSummary("Read what a vehicle said of itself in the last days");
    }

    /// <summary>One line a vehicle, as spreadsheets read it.</summary>
    public static string Csv(IReadOnlyList<FleetUnit> units)
    {
        var text = new StringBuilder("vehicle,name,state,last_seen,on_shift,agent,unsent,unsent_actions,oldest_unsent,offline_days,certificate_ends,health_at,clock,temperature_c,disk_free_mb,sources,road,attention\r\n");
        foreach (var u in units)
        {
            string?[] cells =
            [
                u.Id, u.Name, u.State, Time(u.LastSeen), u.OnShift ? "yes" : "no", u.AgentVersion, Number(u.Unsent), Number(u.UnsentActions), Time(u.OldestUnsent), Number(u.OfflineDays),
                Time(u.CertificateEnds), Time(u.HealthAt), u.Clock, u.Health?.CpuTemperatureC?.ToString("F1", CultureInfo.InvariantCulture), Number(u.Health?.DiskFreeBytes / (1024 * 1024)),
                string.Join("; ", (u.Health?.Sources ?? []).Select(s => $"{s.Key} {s.Value}")), u.Health?.Road, string.Join("; ", u.Attention.Select(a => a.Text)),
            ];
            text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
        }

        return text.ToString();
    }

    private static Sums Count(IReadOnlyList<FleetUnit> units) => new(
        units.Count, units.Count(u => u.State == FleetUnit.Online), units.Count(u => u.State == FleetUnit.Silent), units.Count(u => u.State == FleetUnit.Never),
        units.Count(u => u.Attention.Count > 0),
        units.SelectMany(u => u.Attention.Select(a => a.Code).Distinct()).GroupBy(c => c, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count()));

    // A cell that a spreadsheet would run as a formula is led by a quote: names come from people and vehicles.
    private static string Cell(string? text)
    {
        text ??= "";
        if (text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal)) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string? Time(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <param name="Sums">How many of each.</param>
    /// <param name="Items">Those that need attention first.</param>
    public sealed record View(Sums Sums, IReadOnlyList<FleetUnit> Items);

    /// <param name="Vehicles">Registered.</param>
    /// <param name="Online">Connected.</param>
    /// <param name="Silent">Heard before, not connected.</param>
    /// <param name="Never">Never heard of.</param>
    /// <param name="Attention">That need attention.</param>
    /// <param name="Reasons">Vehicles by the code of the reason.</param>
    public sealed record Sums(int Vehicles, int Online, int Silent, int Never, int Attention, IReadOnlyDictionary<string, int> Reasons);

    /// <param name="At">By the vehicle's clock.</param>
    /// <param name="Health">What it said.</param>
    public sealed record Past(DateTimeOffset At, VehicleHealth Health);
}
