using System.Data.Common;
using System.Globalization;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>SQL of the observations and of the crews' marks. Every read is bounded: the newest by the canonical order.</summary>
public static class ObservationStore
{
    private const int MostMarks = 16;

    // A stretch that touches more cells than this is no stretch that a vehicle drove in one go.
    private const int MostStretchCells = 64;
    private const string Key = "fix_ms AS FixMs, vehicle AS Vehicle, epoch AS Epoch, seq AS Seq, device_ms AS DeviceMs, replay AS Replay, lat AS Lat, lon AS Lon";
    private const string Driven = "speed_mps AS SpeedMps, course_deg AS CourseDeg, hdop AS Hdop";
    private const string Newest = "ORDER BY fix_ms DESC, vehicle DESC, epoch DESC, seq DESC LIMIT @most";

    public static void Insert(WriteScope scope, Observation o)
    {
        switch (o.Kind)
        {
            case ObservationKind.Lamp:
                scope.Execute(
                    """
                    INSERT INTO lamp_passes (pole, fix_ms, vehicle, epoch, seq, device_ms, replay, lat, lon, verdict, confidence, severity, likelihoods, doubt, detail)
                    VALUES (@Pole, @FixMs, @Vehicle, @Epoch, @Seq, @DeviceMs, @Replay, @Latitude, @Longitude, @Verdict, @Confidence, @Severity, @Likelihoods, @Doubt, @Detail)
                    """,
                    new { Pole = o.Pole ?? "", o.FixMs, o.Vehicle, o.Epoch, o.Seq, o.DeviceMs, o.Replay, o.At.Latitude, o.At.Longitude, o.Verdict, o.Confidence, o.Severity, Likelihoods = Text(o.Likelihoods), Doubt = (int?)o.Doubt, o.Detail });
                break;
            case ObservationKind.Shock:
                scope.Execute(
                    """
                    INSERT INTO shocks (cell, fix_ms, vehicle, epoch, seq, device_ms, replay, lat, lon, verdict, confidence, severity, detail,
                      pothole, casting, hump, speed_mps, course_deg, hdop)
                    VALUES (@Cell, @FixMs, @Vehicle, @Epoch, @Seq, @DeviceMs, @Replay, @Latitude, @Longitude, @Verdict, @Confidence, @Severity, @Detail,
                      @Pothole, @Casting, @Hump, @SpeedMps, @CourseDeg, @Hdop)
                    """,
                    new
                    {
                        Cell = Grid.Cell(o.At, Grid.Fine), o.FixMs, o.Vehicle, o.Epoch, o.Seq, o.DeviceMs, o.Replay, o.At.Latitude, o.At.Longitude, o.Verdict, o.Confidence,
                        o.Severity, o.Detail, o.Chances?.Pothole, o.Chances?.Casting, o.Chances?.Hump, o.SpeedMps, o.CourseDeg, o.Hdop,
                    });
                break;
            case ObservationKind.Roughness when o.To is { } to:
                foreach (var cell in CellsOf(o))
                {
                    scope.Execute(
                        """
                        INSERT INTO smooth_stretches (cell, fix_ms, vehicle, epoch, seq, device_ms, replay, lat, lon, to_lat, to_lon, severity, shocks, speed_mps, course_deg, hdop)
                        VALUES (@cell, @FixMs, @Vehicle, @Epoch, @Seq, @DeviceMs, @Replay, @Latitude, @Longitude, @ToLat, @ToLon, @Severity, @Verdict, @SpeedMps, @CourseDeg, @Hdop)
                        """,
                        new
                        {
                            cell, o.FixMs, o.Vehicle, o.Epoch, o.Seq, o.DeviceMs, o.Replay, o.At.Latitude, o.At.Longitude, ToLat = to.Latitude, ToLon = to.Longitude, o.Severity,
                            o.Verdict, o.SpeedMps, o.CourseDeg, o.Hdop,
                        });
                }

                break;
            default:
                break;
        }
    }

    /// <summary>The newest observations of a pole.</summary>
    public static List<Observation> OfPole(Read read, string pole, int most) =>
        read.Observations(ObservationKind.Lamp,
            $"SELECT {Key}, verdict AS Verdict, confidence AS Confidence, severity AS Severity, pole AS Pole, likelihoods AS Likelihoods, doubt AS Doubt{read.Detail} FROM lamp_passes WHERE pole=@pole {Newest}",
            new { pole, most });

    /// <summary>Whether at least so many passes before a time saw a light burn, by the vehicles' own verdicts.</summary>
    public static bool BurnedBefore(Read read, string pole, long fixMs, int passes) =>
        read.Connection.QuerySingle<long>(
            $"SELECT COUNT(*) FROM (SELECT 1 FROM lamp_passes WHERE pole=@pole AND fix_ms<@fixMs AND verdict={(int)LampVerdict.Lit} LIMIT @passes) AS burned",
            new { pole, fixMs, passes }, read.Transaction) >= passes;

    /// <summary>The newest shocks of a fine cell, whatever their kind.</summary>
    public static List<Observation> ShocksIn(Read read, long cell, int most) =>
        read.Observations(ObservationKind.Shock,
            $"SELECT {Key}, {Driven}, verdict AS Verdict, confidence AS Confidence, severity AS Severity, pothole AS Pothole, casting AS Casting, hump AS Hump{read.Detail} FROM shocks WHERE cell=@cell {Newest}",
            new { cell, most });

    /// <summary>The newest stretches that touch a coarse cell.</summary>
    public static List<Observation> StretchesIn(Read read, long cell, int most) =>
        read.Observations(ObservationKind.Roughness,
            $"SELECT {Key}, {Driven}, shocks AS Verdict, 1.0 AS Confidence, severity AS Severity, to_lat AS ToLat, to_lon AS ToLon FROM smooth_stretches WHERE cell=@cell {Newest}",
            new { cell, most });

    /// <summary>Coarse cells that a stretch touches.</summary>
    public static long[] CellsOf(Observation stretch) => stretch.To is { } to ? Grid.Between(stretch.At, to, Grid.Coarse, MostStretchCells) : [];

    /// <summary>True when a cell holds as many observations as are looked at, so that one more pushes another out.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="table">shocks or smooth_stretches.</param>
    /// <param name="cell">A cell of that table's grid.</param>
    /// <param name="most">How many are looked at.</param>
    public static bool IsFull(WriteScope scope, string table, long cell, int most) =>
        scope.QueryFirstOrDefault<long>($"SELECT COUNT(*) FROM (SELECT 1 FROM {table} WHERE cell=@cell LIMIT @most) AS looked", new { cell, most }) == most;

    public static long WithoutPole(DbConnection connection) => connection.QuerySingle<long>("SELECT COUNT(*) FROM lamp_passes WHERE pole=''");

    public static void SaveMark(WriteScope scope, SiteMark mark) =>
        scope.Execute(
            """
            INSERT INTO site_marks (source, kind, finding, at_ms, device_ms, replay, lat, lon, pole, cell)
            VALUES (@Source, @Kind, @Finding, @AtMs, @DeviceMs, @Replay, @Lat, @Lon, @Pole, @Cell)
            ON CONFLICT (source) DO UPDATE SET kind=excluded.kind, finding=excluded.finding, at_ms=excluded.at_ms, device_ms=excluded.device_ms,
              replay=excluded.replay, lat=excluded.lat, lon=excluded.lon, pole=excluded.pole, cell=excluded.cell
            """,
            new
            {
                mark.Source, mark.Kind, Finding = mark.Repaired ? "repaired" : "not-found", mark.AtMs, mark.DeviceMs, mark.Replay,
                Lat = mark.At.Latitude, Lon = mark.At.Longitude, mark.Pole, Cell = Grid.Cell(mark.At, Grid.Fine),
            });

    public static void DeleteMark(WriteScope scope, string source) =>
        scope.Execute("DELETE FROM site_marks WHERE source=@source", new { source });

    /// <summary>Marks that a work order made: its own, and those of further places.</summary>
    public static List<SiteMark> MarksFrom(Read read, string source) =>
        // '@' and 'A' follow each other: everything that begins with the source and '@'.
        read.Marks("source=@source OR (source > @source || '@' AND source < @source || 'A')", new { source });

    /// <summary>Everything that crews found, in order of time; what one work order found lies together.</summary>
    public static List<(string Order, IReadOnlyList<SiteMark> Marks)> AllMarks(Read read) =>
        [.. read.Marks("1=1", new { }, int.MaxValue)
            .GroupBy(m => m.Source.Split('@')[0])
            .Select(g => (Order: g.Key, Marks: (IReadOnlyList<SiteMark>)[.. g.OrderBy(m => m.Source, StringComparer.Ordinal)]))
            .OrderBy(f => f.Marks[0].DeviceMs).ThenBy(f => f.Order, StringComparer.Ordinal)];

    public static List<SiteMark> MarksOfPole(Read read, string pole) => read.Marks("kind='lamp' AND pole=@pole", new { pole });

    public static List<SiteMark> PotholeMarksNear(Read read, GeoPoint at, double withinM) =>
        [.. Grid.Around(at, withinM, Grid.Fine)
            .SelectMany(cell => read.Marks("kind='pothole' AND cell=@cell", new { cell }))
            .Where(m => m.At.DistanceMTo(at) <= withinM)];

    private static string? Text(IReadOnlyList<int>? numbers) => numbers is null ? null : string.Join(',', numbers);

    private static int[]? Numbers(string? text) =>
        text is null ? null : [.. text.Split(',').Select(n => int.Parse(n, NumberStyles.None, CultureInfo.InvariantCulture))];

    /// <summary>A connection to read from, within a transaction or not, with or without the observations' own JSON.</summary>
    public readonly record struct Read(DbConnection Connection, DbTransaction? Transaction, bool WithDetail)
    {
        public Read(WriteScope scope)
            : this(scope.Connection, scope.Transaction, WithDetail: false)
        {
        }

        internal string Detail => WithDetail ? ", detail AS Detail" : "";

        internal List<Observation> Observations(ObservationKind kind, string sql, object parameters) =>
            [.. Connection.Query<Row>(sql, parameters, Transaction).Select(r => r.ToObservation(kind))];

        // The newest of a place: whatever came before them is long spent.
        internal List<SiteMark> Marks(string where, object parameters, int most = MostMarks) =>
            [.. Connection.Query<MarkRow>(
                    $"""
                     SELECT source AS Source, kind AS Kind, finding AS Finding, at_ms AS AtMs, device_ms AS DeviceMs, replay AS Replay,
                            lat AS Lat, lon AS Lon, pole AS Pole
                     FROM site_marks WHERE {where} ORDER BY at_ms DESC, source LIMIT {most}
                     """, parameters, Transaction)
                .Select(r => new SiteMark(
                    r.Source, r.Kind, r.Finding == "repaired", r.AtMs, r.DeviceMs, r.Replay != 0, new GeoPoint(r.Lat, r.Lon), r.Pole))];
    }

    private sealed class Row
    {
        public string Vehicle { get; init; } = "";

        public string Epoch { get; init; } = "";

        public long Seq { get; init; }

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

        public string? Likelihoods { get; init; }

        public long? Doubt { get; init; }

        public string? Detail { get; init; }

        public double? Pothole { get; init; }

        public double? Casting { get; init; }

        public double? Hump { get; init; }

        public double? SpeedMps { get; init; }

        public double? CourseDeg { get; init; }

        public double? Hdop { get; init; }

        public Observation ToObservation(ObservationKind kind) => new()
        {
            Vehicle = Vehicle, Epoch = Epoch, Seq = Seq, Kind = kind, FixMs = FixMs, DeviceMs = DeviceMs, Replay = Replay != 0,
            At = new GeoPoint(Lat, Lon), To = ToLat is { } lat ? new GeoPoint(lat, ToLon!.Value) : null,
            Verdict = (int)Verdict, Confidence = Confidence, Severity = Severity, Pole = Pole, Likelihoods = Numbers(Likelihoods), Doubt = (LampDoubt?)Doubt, Detail = Detail,
            Chances = Pothole is { } pothole ? new ShockChances(pothole, Casting ?? 0, Hump ?? 0) : null, SpeedMps = SpeedMps, CourseDeg = CourseDeg, Hdop = Hdop,
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
