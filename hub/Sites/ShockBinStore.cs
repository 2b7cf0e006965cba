using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>SQL of the table <c>shock_bins</c>.</summary>
public static class ShockBinStore
{
    private const string Columns =
        """
        bin AS Bin, weight AS Weight, north AS North, east AS East, first_ms AS FirstMs, first_vehicle AS FirstVehicle,
        first_epoch AS FirstEpoch, first_seq AS FirstSeq, site AS Site
        """;

    /// <summary>Every bin of the tiles within a distance of a place.</summary>
    public static List<ShockBin> Around(WriteScope scope, GeoPoint at, double withinM) =>
        [.. scope.Query<Row>($"SELECT {Columns} FROM shock_bins WHERE tile IN @tiles", new { tiles = Grid.Around(at, withinM, Grid.Coarse) })
            .Select(r => r.ToBin())];

    public static List<ShockBin> OfSite(ObservationStore.Read read, string site) =>
        [.. Dapper.SqlMapper.Query<Row>(read.Connection, $"SELECT {Columns} FROM shock_bins WHERE site=@site ORDER BY bin", new { site }, read.Transaction)
            .Select(r => r.ToBin())];

    /// <summary>Sites that have a bin in a fine cell, by id.</summary>
    public static List<string> SitesIn(WriteScope scope, long fineCell)
    {
        var (y, x) = Grid.Split(fineCell);
        // 4 by 4 bins are one fine cell; a row of them has numbers in a row.
        return [.. scope.Query<string>(
            """
            SELECT DISTINCT site FROM shock_bins WHERE tile=@tile AND (bin BETWEEN @a AND @a + 3 OR bin BETWEEN @b AND @b + 3
              OR bin BETWEEN @c AND @c + 3 OR bin BETWEEN @d AND @d + 3) ORDER BY site
            """,
            new
            {
                tile = Grid.Number(y >> 2, x >> 2), a = Grid.Number(y << 2, x << 2), b = Grid.Number((y << 2) + 1, x << 2),
                c = Grid.Number((y << 2) + 2, x << 2), d = Grid.Number((y << 2) + 3, x << 2),
            })];
    }

    public static void Save(WriteScope scope, ShockBin bin) =>
        scope.Execute(
            """
            INSERT INTO shock_bins (tile, bin, weight, north, east, first_ms, first_vehicle, first_epoch, first_seq, site)
            VALUES (@Tile, @Bin, @Weight, @North, @East, @FixMs, @Vehicle, @Epoch, @Seq, @Site)
            ON CONFLICT (tile, bin) DO UPDATE SET weight=excluded.weight, north=excluded.north, east=excluded.east, first_ms=excluded.first_ms,
              first_vehicle=excluded.first_vehicle, first_epoch=excluded.first_epoch, first_seq=excluded.first_seq, site=excluded.site
            """,
            new { Tile = Tile(bin.Bin), bin.Bin, bin.Weight, bin.North, bin.East, bin.First.FixMs, bin.First.Vehicle, bin.First.Epoch, bin.First.Seq, bin.Site });

    // 16 by 16 bins are one coarse cell.
    private static long Tile(long bin)
    {
        var (y, x) = Grid.Split(bin);
        return Grid.Number(y >> 4, x >> 4);
    }

    private sealed class Row
    {
        public long Bin { get; init; }

        public long Weight { get; init; }

        public long North { get; init; }

        public long East { get; init; }

        public long FirstMs { get; init; }

        public string FirstVehicle { get; init; } = "";

        public string FirstEpoch { get; init; } = "";

        public long FirstSeq { get; init; }

        public string Site { get; init; } = "";

        public ShockBin ToBin() => new()
        {
            Bin = Bin, Weight = Weight, North = North, East = East, First = new ShockKey(FirstMs, FirstVehicle, FirstEpoch, FirstSeq), Site = Site,
        };
    }
}
