using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>SQL of the observations and of the crews' marks. Lists come in canonical order.</summary>
public static class ObservationStore
{
    // A stretch longer than this many cells is no stretch that a vehicle drove in one go.
    private const int MostStretchCells = 64;

    private const string Columns =
        """
        o.vehicle AS Vehicle, o.epoch AS Epoch, o.seq AS Seq, o.kind AS Kind, o.fix_ms AS FixMs, o.device_ms AS DeviceMs,
        o.replay AS Replay, o.lat AS Lat, o.lon AS Lon, o.to_lat AS ToLat, o.to_lon AS ToLon, o.verdict AS Verdict,
        o.confidence AS Confidence, o.severity AS Severity, o.pole AS Pole, o.site AS Site
        """;

    public static void Insert(WriteScope scope, Observation o)
    {
        scope.Execute(
            """
            INSERT INTO observations (vehicle, epoch, seq, kind, fix_ms, device_ms, replay, lat, lon, to_lat, to_lon, verdict,
              confidence, severity, pole, cell, detail)
            VALUES (@Vehicle, @Epoch, @Seq, @Kind, @FixMs, @DeviceMs, @Replay, @Lat, @Lon, @ToLat, @ToLon, @Verdict,
              @Confidence, @Severity, @Pole, @Cell, @Detail)
            """,
            new
            {
                o.Vehicle, o.Epoch, o.Seq, Kind = (int)o.Kind, o.FixMs, o.DeviceMs, o.Replay,
                Lat = o.At.Latitude, Lon = o.At.Longitude, ToLat = o.To?.Latitude, ToLon = o.To?.Longitude,
                o.Verdict, o.Confidence, o.Severity, o.Pole, o.Detail,
                Cell = o.Kind == ObservationKind.Shock ? Grid.Cell(o.At, Grid.Fine) : (long?)null,
            });
        if (o is not { Kind: ObservationKind.Roughness, To: { } to, Verdict: 0 }) return;
        var cells = Grid.Between(o.At, to, Grid.Coarse);
        if (cells.Length > MostStretchCells) return;
        scope.Execute(
            "INSERT INTO stretch_cells (cell, fix_ms, vehicle, epoch, seq) VALUES (@cell, @FixMs, @Vehicle, @Epoch, @Seq)",
            cells.Select(cell => new { cell, o.FixMs, o.Vehicle, o.Epoch, o.Seq }));
    }

    public static void Assign(WriteScope scope, Observation o, string site) =>
        scope.Execute("UPDATE observations SET site=@site WHERE vehicle=@Vehicle AND epoch=@Epoch AND seq=@Seq",
            new { site, o.Vehicle, o.Epoch, o.Seq });

    /// <summary>Observations of a pole, not older than the horizon before its newest.</summary>
    public static List<Observation> OfPole(Read read, string pole, long horizonMs) =>
        read.Observations(
            $"""
             SELECT {Columns}{read.Detail} FROM observations o
             WHERE o.pole=@pole AND o.fix_ms >= (SELECT MAX(fix_ms) FROM observations WHERE pole=@pole) - @horizonMs
             """,
            new { pole, horizonMs });

    public static List<Observation> OfSite(Read read, string site) =>
        read.Observations($"SELECT {Columns}{read.Detail} FROM observations o WHERE o.site=@site", new { site });

    public static List<Observation> ShocksIn(Read read, IReadOnlyCollection<long> cells) =>
        read.Observations($"SELECT {Columns}{read.Detail} FROM observations o WHERE o.cell IN @cells", new { cells });

    /// <summary>Stretches without a shock that touch the cells, from a time on.</summary>
    public static List<Observation> StretchesIn(Read read, IReadOnlyCollection<long> cells, long fromMs) =>
        read.Observations(
            $"""
             SELECT DISTINCT {Columns}{read.Detail} FROM stretch_cells c
             JOIN observations o ON o.vehicle=c.vehicle AND o.epoch=c.epoch AND o.seq=c.seq
             WHERE c.cell IN @cells AND c.fix_ms >= @fromMs
             """,
            new { cells, fromMs });

    public static void SaveMark(WriteScope scope, SiteMark mark) =>
        scope.Execute(
            """
            INSERT OR REPLACE INTO site_marks (source, kind, finding, at_ms, device_ms, replay, lat, lon, pole, cell)
            VALUES (@Source, @Kind, @Finding, @AtMs, @DeviceMs, @Replay, @Lat, @Lon, @Pole, @Cell)
            """,
            new
            {
                mark.Source, mark.Kind, Finding = mark.Repaired ? "repaired" : "not-found", mark.AtMs, mark.DeviceMs, mark.Replay,
                Lat = mark.At.Latitude, Lon = mark.At.Longitude, mark.Pole, Cell = Grid.Cell(mark.At, Grid.Fine),
            });

    public static void DeleteMark(WriteScope scope, string source) =>
        scope.Execute("DELETE FROM site_marks WHERE source=@source", new { source });

    public static SiteMark? Mark(Read read, string source) =>
        read.Marks("source=@source", new { source }).FirstOrDefault();

    public static List<SiteMark> MarksOfPole(Read read, string pole) => read.Marks("kind='lamp' AND pole=@pole", new { pole });

    public static List<SiteMark> PotholeMarksNear(Read read, GeoPoint at, double withinM) =>
        [.. read.Marks("kind='pothole' AND cell IN @cells", new { cells = Grid.Around(at, withinM, Grid.Fine) })
            .Where(m => m.At.DistanceMTo(at) <= withinM)];

    /// <summary>A connection to read from, within a transaction or not, with or without the observations' own JSON.</summary>
    public readonly record struct Read(DbConnection Connection, DbTransaction? Transaction, bool WithDetail)
    {
        public Read(WriteScope scope)
            : this(scope.Connection, scope.Transaction, WithDetail: false)
        {
        }

        internal string Detail => WithDetail ? ", o.detail AS Detail" : "";

        internal List<Observation> Observations(string sql, object parameters)
        {
            var list = Connection.Query<Row>(sql, parameters, Transaction).Select(r => r.ToObservation()).ToList();
            list.Sort(Observation.Canonical);
            return list;
        }

        internal List<SiteMark> Marks(string where, object parameters) =>
            [.. Connection.Query<MarkRow>(
                    $"""
                     SELECT source AS Source, kind AS Kind, finding AS Finding, at_ms AS AtMs, device_ms AS DeviceMs, replay AS Replay,
                            lat AS Lat, lon AS Lon, pole AS Pole
                     FROM site_marks WHERE {where} ORDER BY source
                     """, parameters, Transaction)
                .Select(r => new SiteMark(
                    r.Source, r.Kind, r.Finding == "repaired", r.AtMs, r.DeviceMs, r.Replay != 0, new GeoPoint(r.Lat, r.Lon), r.Pole))];
    }

    private sealed class Row
    {
        public string Vehicle { get; init; } = "";
        public string Epoch { get; init; } = "";
        public long Seq { get; init; }
        public long Kind { get; init; }
        public long FixMs { get; init; }
        public long DeviceMs { get; init; }
        public long Replay { get; init; }
        public double Lat { get; init; }
        public double Lon { get; init; }
        public double? ToLat { get; init; }
        public double? ToLon { get; init; }
        public long Verdict { get; init; }
        public double Confidence { get; init; }
        public double Severity { get; init; }
        public string? Pole { get; init; }
        public string? Site { get; init; }
        public string? Detail { get; init; }

        public Observation ToObservation() => new()
        {
            Vehicle = Vehicle, Epoch = Epoch, Seq = Seq, Kind = (ObservationKind)Kind, FixMs = FixMs, DeviceMs = DeviceMs,
            Replay = Replay != 0, At = new GeoPoint(Lat, Lon), To = ToLat is { } lat ? new GeoPoint(lat, ToLon!.Value) : null,
            Verdict = (int)Verdict, Confidence = Confidence, Severity = Severity, Pole = Pole, Site = Site, Detail = Detail,
        };
    }

    private sealed class MarkRow
    {
        public string Source { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Finding { get; init; } = "";
        public long AtMs { get; init; }
        public long DeviceMs { get; init; }
        public long Replay { get; init; }
        public double Lat { get; init; }
        public double Lon { get; init; }
        public string? Pole { get; init; }
    }
}
