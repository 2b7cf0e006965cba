using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>SQL of the structures in the roads.</summary>
public static class RoadStructureStore
{
    public static void Upsert(WriteScope scope, RoadStructure structure) =>
        scope.Execute(
            """
            INSERT INTO road_structures (layer, id, kind, lat, lon, accuracy_m) VALUES (@Layer, @Id, @Kind, @Lat, @Lon, @AccuracyM)
            ON CONFLICT (layer, id) DO UPDATE SET kind=excluded.kind, lat=excluded.lat, lon=excluded.lon, accuracy_m=excluded.accuracy_m
            """,
            new { structure.Layer, structure.Id, Kind = (int)structure.Kind, Lat = structure.At.Latitude, Lon = structure.At.Longitude, structure.AccuracyM });

    public static void Delete(WriteScope scope, RoadStructure structure) =>
        scope.Execute("DELETE FROM road_structures WHERE layer=@Layer AND id=@Id", new { structure.Layer, structure.Id });

    public static List<RoadStructure> All(DbConnection connection) =>
        [.. connection.Query<Row>("SELECT layer AS Layer, id AS Id, kind AS Kind, lat AS Lat, lon AS Lon, accuracy_m AS AccuracyM FROM road_structures ORDER BY layer, id")
            .Select(r => new RoadStructure(r.Layer, r.Id, (RoadStructureKind)r.Kind, new GeoPoint(r.Lat, r.Lon), r.AccuracyM))];

    private sealed class Row
    {
        public string Layer { get; init; } = "";
        public string Id { get; init; } = "";
        public long Kind { get; init; }
        public double Lat { get; init; }
        public double Lon { get; init; }
        public double AccuracyM { get; init; }
    }
}
