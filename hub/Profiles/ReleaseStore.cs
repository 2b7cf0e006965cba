using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>The tables <c>profile_releases</c> and <c>profile_settings</c>.</summary>
public static class ReleaseStore
{
    private const string Columns = "version AS Version, kind AS Kind, state AS State, stages AS Stages, stage AS Stage, stage_since_ms AS StageSinceMs, reason AS Reason, era AS Era, made_by AS MadeBy, made_ms AS MadeMs";

    /// <summary>The newest; null when nothing was ever rolled out.</summary>
    public static Release? Newest(DbConnection connection, DbTransaction? transaction = null) =>
        connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM profile_releases ORDER BY version DESC LIMIT 1", transaction: transaction) is { } row
            ? Read(row, connection.Query<VehicleRow>(
                "SELECT vehicle AS Vehicle, stage AS Stage, outcome AS Outcome, since_ms AS SinceMs, reason AS Reason FROM profile_settings WHERE version=@Version ORDER BY vehicle", new { row.Version }, transaction))
            : null;

    /// <summary>
    /// What every vehicle should have: the newest that its stage has opened for, except of a roll-out that ended early, which counts
    /// only where it is in force.
    /// </summary>
    /// <param name="connection">The database.</param>
    /// <param name="transaction">Null outside of one.</param>
    /// <param name="before">Looks at older roll-outs only.</param>
    public static IReadOnlyDictionary<string, MeantProfile> Meant(DbConnection connection, DbTransaction? transaction = null, long before = long.MaxValue)
    {
        var rows = connection.Query<SettingsRow>(
            """
            SELECT s.vehicle AS Vehicle, s.version AS Version, s.settings AS Settings, s.origins AS Origins
            FROM profile_settings s JOIN profile_releases r ON r.version=s.version
            WHERE s.version=(
              SELECT MAX(t.version) FROM profile_settings t JOIN profile_releases q ON q.version=t.version
              WHERE t.vehicle=s.vehicle AND t.version<@before AND t.stage<=q.stage AND (q.state IN ('Running', 'Done') OR t.outcome IN ('Applied', 'Trying')))
            """, new { before }, transaction);
        return rows.ToDictionary(r => r.Vehicle, r => new MeantProfile(r.Vehicle, r.Version, Settings(r)), StringComparer.Ordinal);
    }

    /// <summary>
    /// Keeps a new roll-out, and forgets what earlier ones said where nothing can come back to it: of these each vehicle keeps what it
    /// should have without the new one.
    /// </summary>
    public static void Add(WriteScope scope, Release release, IReadOnlyDictionary<string, VehicleSettings> settings)
    {
        var rollOut = release.RollOut;
        scope.Execute("UPDATE profile_releases SET state='Replaced' WHERE state='Running'");
        scope.Execute(
            """
            INSERT INTO profile_releases (version, kind, state, stages, stage, stage_since_ms, reason, era, made_by, made_ms)
            VALUES (@Version, @kind, @state, @stages, @Stage, @since, @Reason, @Era, @By, @made)
            """,
            new
            {
                rollOut.Version, kind = release.Kind.ToString(), state = rollOut.State.ToString(), stages = string.Join(',', rollOut.Stages), rollOut.Stage,
                since = rollOut.StageSince.ToUnixTimeMilliseconds(), rollOut.Reason, release.Era, release.By, made = release.Made.ToUnixTimeMilliseconds(),
            });
        foreach (var vehicle in rollOut.Vehicles)
        {
            scope.Execute(
                "INSERT INTO profile_settings (version, vehicle, stage, outcome, since_ms, reason, settings, origins) VALUES (@Version, @Vehicle, @Stage, @outcome, @since, @Reason, @settings, @origins)",
                new
                {
                    rollOut.Version, vehicle.Vehicle, vehicle.Stage, outcome = vehicle.Outcome.ToString(), since = vehicle.Since?.ToUnixTimeMilliseconds(), vehicle.Reason,
                    settings = settings[vehicle.Vehicle].Settings.ToJsonString(), origins = JsonSerializer.Serialize(settings[vehicle.Vehicle].Origins),
                });
        }

        scope.Execute(
            """
            DELETE FROM profile_settings WHERE version<@Version AND version<>COALESCE((
              SELECT MAX(t.version) FROM profile_settings t JOIN profile_releases q ON q.version=t.version
              WHERE t.vehicle=profile_settings.vehicle AND t.version<@Version AND t.stage<=q.stage AND (q.state IN ('Running', 'Done') OR t.outcome IN ('Applied', 'Trying'))), 0)
            """,
            new { rollOut.Version });
    }

    /// <summary>Keeps what has changed between two states of one roll-out.</summary>
    public static void Save(WriteScope scope, RollOut before, RollOut after)
    {
        scope.Execute("UPDATE profile_releases SET state=@state, stage=@Stage, stage_since_ms=@since, reason=@Reason WHERE version=@Version",
            new { state = after.State.ToString(), after.Stage, since = after.StageSince.ToUnixTimeMilliseconds(), after.Reason, after.Version });
        foreach (var vehicle in after.Vehicles.Except(before.Vehicles))
        {
            scope.Execute("UPDATE profile_settings SET outcome=@outcome, since_ms=@since, reason=@Reason WHERE version=@Version AND vehicle=@Vehicle",
                new { outcome = vehicle.Outcome.ToString(), since = vehicle.Since?.ToUnixTimeMilliseconds(), vehicle.Reason, after.Version, vehicle.Vehicle });
        }
    }

    private static Release Read(Row row, IEnumerable<VehicleRow> vehicles) => new(
        new RollOut(
            row.Version, Enum.Parse<RollOutState>(row.State), [.. row.Stages.Split(',').Select(s => int.Parse(s, System.Globalization.CultureInfo.InvariantCulture))], (int)row.Stage,
            DateTimeOffset.FromUnixTimeMilliseconds(row.StageSinceMs),
            [.. vehicles.Select(v => new RollOutVehicle(v.Vehicle, (int)v.Stage, Enum.Parse<RollOutOutcome>(v.Outcome), v.SinceMs is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null, v.Reason))],
            row.Reason),
        Enum.Parse<ReleaseKind>(row.Kind), row.Era, row.MadeBy, DateTimeOffset.FromUnixTimeMilliseconds(row.MadeMs));

    private static VehicleSettings Settings(SettingsRow row) => new((JsonObject)JsonNode.Parse(row.Settings)!, JsonSerializer.Deserialize<Dictionary<string, string>>(row.Origins)!);

    private sealed record Row(long Version, string Kind, string State, string Stages, long Stage, long StageSinceMs, string? Reason, string Era, string MadeBy, long MadeMs);

    private sealed record VehicleRow(string Vehicle, long Stage, string Outcome, long? SinceMs, string? Reason);

    private sealed record SettingsRow(string Vehicle, long Version, string Settings, string Origins);
}
