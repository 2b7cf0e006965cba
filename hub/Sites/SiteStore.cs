using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>SQL of the sites themselves. Observations and marks have a store of their own.</summary>
public static class SiteStore
{
    private const string Columns =
        """
        id AS Id, kind AS Kind, pole AS Pole, lat AS Lat, lon AS Lon, belief AS Belief, supported AS Supported,
        passes_for AS For, passes_against AS Against, severity AS Severity, first_ms AS FirstMs, last_ms AS LastMs, tipped AS Tipped
        """;

    public static Site? Find(DbConnection connection, string id, DbTransaction? transaction = null) =>
        connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM sites WHERE id=@id", new { id }, transaction)?.ToSite();

    public static void Save(WriteScope scope, Site site) =>
        scope.Execute(
            """
            INSERT INTO sites (id, kind, pole, lat, lon, cell, belief, supported, passes_for, passes_against, severity, first_ms, last_ms, tipped)
            VALUES (@Id, @Kind, @Pole, @Lat, @Lon, @Cell, @Belief, @Supported, @For, @Against, @Severity, @FirstMs, @LastMs, @Tipped)
            ON CONFLICT (id) DO UPDATE SET lat=excluded.lat, lon=excluded.lon, cell=excluded.cell, belief=excluded.belief,
              supported=excluded.supported, passes_for=excluded.passes_for, passes_against=excluded.passes_against,
              severity=excluded.severity, first_ms=excluded.first_ms, last_ms=excluded.last_ms, tipped=excluded.tipped
            """,
            new
            {
                site.Id, site.Kind, site.Pole, Lat = site.At.Latitude, Lon = site.At.Longitude,
                Cell = site.Kind == SiteKind.Pothole ? Grid.Cell(site.At, Grid.Fine) : (long?)null,
                site.Belief, site.Supported, site.For, site.Against, site.Severity, site.FirstMs, site.LastMs, site.Tipped,
            });

    public static void Delete(WriteScope scope, string id) => scope.Execute("DELETE FROM sites WHERE id=@id", new { id });

    /// <summary>Pothole sites whose centre lies within a distance.</summary>
    public static List<Site> PotholesNear(WriteScope scope, GeoPoint at, double withinM) =>
        [.. scope.Query<Row>(
                $"SELECT {Columns} FROM sites WHERE cell IN @cells ORDER BY id", new { cells = Grid.Around(at, withinM, Grid.Fine) })
            .Select(r => r.ToSite())
            .Where(s => s.At.DistanceMTo(at) <= withinM)];

    /// <summary>Pothole sites in the rectangle of a stretch, widened by a margin.</summary>
    public static List<Site> PotholesBetween(WriteScope scope, GeoPoint a, GeoPoint b, double marginM)
    {
        var southWest = new GeoPoint(Math.Min(a.Latitude, b.Latitude), Math.Min(a.Longitude, b.Longitude)).MovedByM(-marginM, -marginM);
        var northEast = new GeoPoint(Math.Max(a.Latitude, b.Latitude), Math.Max(a.Longitude, b.Longitude)).MovedByM(marginM, marginM);
        return [.. scope.Query<Row>(
                $"SELECT {Columns} FROM sites WHERE cell IN @cells ORDER BY id", new { cells = Grid.Between(southWest, northEast, Grid.Fine) })
            .Select(r => r.ToSite())];
    }

    /// <summary>Pothole sites that have a bin in a fine cell.</summary>
    public static List<Site> PotholesWithShocksIn(WriteScope scope, long fineCell) =>
        [.. ShockBinStore.SitesIn(scope, fineCell).Select(id => Find(scope.Connection, id, scope.Transaction)).OfType<Site>()];

    /// <summary>Every supported site, newest evidence first.</summary>
    public static List<Site> Supported(DbConnection connection, int most) =>
        [.. connection.Query<Row>($"SELECT {Columns} FROM sites WHERE supported=1 ORDER BY last_ms DESC, id LIMIT @most", new { most })
            .Select(r => r.ToSite())];

    /// <summary>Poles among the given whose light is supported as dark.</summary>
    public static List<string> DarkAmong(WriteScope scope, IReadOnlyCollection<string> poles) =>
        [.. scope.Query<string>(
            "SELECT pole FROM sites WHERE supported=1 AND id IN @ids ORDER BY pole", new { ids = poles.Select(Site.LampId) })];

    public static SiteFigures Figures(DbConnection connection) =>
        connection.QuerySingle<SiteFigures>(
            """
            SELECT (SELECT COUNT(*) FROM sites WHERE kind='lamp') AS Lamps,
                   (SELECT COUNT(*) FROM sites WHERE kind='lamp' AND supported=1) AS LampsSupported,
                   (SELECT COUNT(*) FROM sites WHERE kind='pothole') AS Potholes,
                   (SELECT COUNT(*) FROM sites WHERE kind='pothole' AND supported=1) AS PotholesSupported
            """);

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string Kind { get; init; } = "";
        public string? Pole { get; init; }
        public double Lat { get; init; }
        public double Lon { get; init; }
        public double Belief { get; init; }
        public long Supported { get; init; }
        public long For { get; init; }
        public long Against { get; init; }
        public double Severity { get; init; }
        public long FirstMs { get; init; }
        public long LastMs { get; init; }
        public string? Tipped { get; init; }

        public Site ToSite() => new()
        {
            Id = Id, Kind = Kind, Pole = Pole, At = new GeoPoint(Lat, Lon), Belief = Belief, Supported = Supported != 0,
            For = (int)For, Against = (int)Against, Severity = Severity, FirstMs = FirstMs, LastMs = LastMs, Tipped = Tipped,
        };
    }
}
