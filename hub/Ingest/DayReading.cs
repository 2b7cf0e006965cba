using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>Reads a day and writes down who asked for it and why.</summary>
public sealed class DayReading(Database database, TrackStore tracks, VehicleRegistry registry, HubOptions hub)
{
    // A day of minutes, and the extra hour of the day on which the clocks go back.
    private const int MostTracks = 1_500;
    internal const int LongestReason = 200;

    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);

    internal async Task<(Found? Read, ProblemHttpResult? Unknown, ValidationProblem? Errors)> ReadAsync(
        string id, string? day, string? reason, string what, Actor actor, CancellationToken cancel)
    {
        if (registry.Find(id) is null)
            return (null, TypedResults.Problem($"no vehicle has the id '{id}': GET /api/vehicles lists those there are", statusCode: StatusCodes.Status404NotFound), null);
        var errors = new Dictionary<string, string[]>();
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) || date.Year is < 2000 or > 9_000)
            errors["day"] = ["a day of the city's calendar, such as 2026-11-22"];
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason) errors["reason"] = [$"why you need it, in 1 to {LongestReason} characters"];
        if (errors.Count > 0) return (null, null, TypedResults.ValidationProblem(errors));
        await database.WriteAsync(scope => Audit.Write(scope, actor, "vehicle.history", id, $"{what} of {day}: {reason}"), WritePriority.Interactive, cancel).ConfigureAwait(false);
        var (from, to) = (Midnight(date), Midnight(date.AddDays(1)));
        var bodies = await database.ReadAsync(c => tracks.Bodies([.. RangeStore.Sources(c, id).Select(s => s.Id)], from, to, MostTracks), cancel).ConfigureAwait(false);
        var fixes = bodies.SelectMany(b => StoredBody.Read(b).Track!.ToFixes()).Where(f => f.Time >= from && f.Time < to);
        return (new Found(day!, from, to, bodies.Count == MostTracks, DayHistory.Of(fixes)), null, null);
    }

    private DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    internal sealed record Found(string Day, DateTimeOffset From, DateTimeOffset To, bool Truncated, DayHistory History);
}
