using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Updates;

/// <summary>The tables <c>updates</c>, <c>update_vehicles</c>, <c>update_offers</c> and <c>update_reports</c>.</summary>
internal static class UpdateStore
{
    private const string Columns = "version AS Version, sha256 AS Sha256, size AS Size, envelope AS Envelope, share AS Share, stopped AS Stopped, offered_ms AS OfferedMs";

    /// <summary>Notes a version, or its newer manifest: the same archive may be signed again, as a roll-back.</summary>
    /// <returns>False when the version is there already, with other content.</returns>
    public static bool Publish(WriteScope scope, string version, string sha256, long size, string envelope)
    {
        if (scope.QueryFirstOrDefault<string>("SELECT sha256 FROM updates WHERE version=@version", new { version }) is { } held)
        {
            if (held == sha256) scope.Execute("UPDATE updates SET envelope=@envelope WHERE version=@version", new { version, envelope });
            return held == sha256;
        }

        scope.Execute(
            "INSERT INTO updates (version, sha256, size, envelope, published_ms) VALUES (@version, @sha256, @size, @envelope, @now)",
            new { version, sha256, size, envelope, now = scope.Now.ToUnixTimeMilliseconds() });
        return true;
    }

    /// <summary>Offers a version to a share of the fleet, and to vehicles by name beside it.</summary>
    /// <returns>False when there is no such version.</returns>
    public static bool Offer(WriteScope scope, string version, int? share, IReadOnlyList<string> vehicles)
    {
        var changed = scope.Execute(
            "UPDATE updates SET offered_ms=@now, stopped=NULL, share=COALESCE(@share, share) WHERE version=@version", new { version, share = (long?)share, now = scope.Now.ToUnixTimeMilliseconds() });
        foreach (var vehicle in vehicles)
        {
            if (changed > 0) scope.Execute("INSERT INTO update_vehicles (version, vehicle) VALUES (@version, @vehicle) ON CONFLICT DO NOTHING", new { version, vehicle });
        }

        return changed > 0;
    }

    public static bool Stop(WriteScope scope, string version, string why) =>
        scope.Execute("UPDATE updates SET stopped=@why WHERE version=@version AND stopped IS NULL", new { version, why }) > 0;

    public static void Report(WriteScope scope, VehicleReport report) => scope.Execute(
        """
        INSERT INTO update_reports (vehicle, running, failed, reason, refused, seen_ms) VALUES (@Vehicle, @Running, @Failed, @Reason, @Refused, @SeenMs)
        ON CONFLICT (vehicle) DO UPDATE SET running=excluded.running, failed=excluded.failed, reason=excluded.reason, refused=excluded.refused, seen_ms=excluded.seen_ms
        """, report);

    /// <summary>A vehicle is given a version's manifest.</summary>
    public static void Given(WriteScope scope, string version, string vehicle) =>
        scope.Execute("INSERT INTO update_offers (version, vehicle) VALUES (@version, @vehicle) ON CONFLICT DO NOTHING", new { version, vehicle });

    /// <summary>Vehicles that took a version back which they were given here: whoever never was given it stops no roll-out.</summary>
    public static int Failures(WriteScope scope, string version) => (int)scope.QueryFirstOrDefault<long>(
        "SELECT COUNT(*) FROM update_reports r JOIN update_offers o ON o.version=r.failed AND o.vehicle=r.vehicle WHERE r.failed=@version", new { version });

    /// <summary>The newest offer for a vehicle; null when nothing is offered to it.</summary>
    public static PublishedUpdate? For(WriteScope scope, string vehicle)
    {
        var named = scope.Query<string>("SELECT version FROM update_vehicles WHERE vehicle=@vehicle", new { vehicle }).ToHashSet(StringComparer.Ordinal);
        return scope.Query<PublishedUpdate>($"SELECT {Columns} FROM updates WHERE stopped IS NULL AND offered_ms IS NOT NULL ORDER BY offered_ms DESC, version DESC")
            .FirstOrDefault(u => named.Contains(u.Version) || u.Covers(vehicle));
    }

    public static PublishedUpdate? ByHash(DbConnection connection, string sha256) =>
        connection.QueryFirstOrDefault<PublishedUpdate>($"SELECT {Columns} FROM updates WHERE sha256=@sha256", new { sha256 });

    public static IReadOnlyList<PublishedUpdate> All(DbConnection connection) =>
        connection.Query<PublishedUpdate>($"SELECT {Columns} FROM updates ORDER BY published_ms DESC, version").AsList();

    public static IReadOnlyList<VehicleReport> Reports(DbConnection connection) => connection.Query<VehicleReport>(
        "SELECT vehicle AS Vehicle, running AS Running, failed AS Failed, reason AS Reason, refused AS Refused, seen_ms AS SeenMs FROM update_reports ORDER BY vehicle").AsList();
}
