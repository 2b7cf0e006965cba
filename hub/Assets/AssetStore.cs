using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>SQL of the assets.</summary>
public static class AssetStore
{
    /// <summary>Inserts a street light or changes it to what the inventory says now.</summary>
    public static void Upsert(WriteScope scope, StreetLight light) =>
        scope.Execute(
            """
            INSERT INTO street_lights (pole, lat, lon, owner, kind, fixture, lamps, neighbourhood)
            VALUES (@Pole, @Lat, @Lon, @Owner, @Kind, @Fixture, @Lamps, @Neighbourhood)
            ON CONFLICT (pole) DO UPDATE SET lat=excluded.lat, lon=excluded.lon, owner=excluded.owner, kind=excluded.kind,
              fixture=excluded.fixture, lamps=excluded.lamps, neighbourhood=excluded.neighbourhood
            """,
            new
            {
                light.Pole, Lat = light.At.Latitude, Lon = light.At.Longitude,
                light.Owner, light.Kind, light.Fixture, light.Lamps, light.Neighbourhood,
            });

    public static List<StreetLight> All(DbConnection connection) =>
        [.. connection.Query<Row>(
            """
            SELECT pole AS Pole, lat AS Lat, lon AS Lon, owner AS Owner, kind AS Kind, fixture AS Fixture, lamps AS Lamps,
                   neighbourhood AS Neighbourhood
            FROM street_lights ORDER BY pole
            """).Select(r => new StreetLight(
                r.Pole, new GeoPoint(r.Lat, r.Lon), r.Owner, r.Kind, r.Fixture, (int)r.Lamps, (int?)r.Neighbourhood))];

    private sealed class Row
    {
        public string Pole { get; init; } = "";
        public double Lat { get; init; }
        public double Lon { get; init; }
        public string? Owner { get; init; }
        public string? Kind { get; init; }
        public string? Fixture { get; init; }
        public long Lamps { get; init; }
        public long? Neighbourhood { get; init; }
    }
}
