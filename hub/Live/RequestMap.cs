using System.Data.Common;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary>
/// All open requests by place, in memory, for maps: single ones where few are in sight, counted by cell where many are. Counts are
/// kept for some sizes of cells, so that a look at the whole city costs no more than one at a street.
/// </summary>
public sealed class RequestMap
{
    // From 54 m to 7 km.
    private static readonly int[] CellsPerDegree = [2_048, 512, 128, 16];

    private readonly Lock gate = new();
    private readonly Dictionary<MapCell, List<RequestDot>> byCell = [];
    private readonly Dictionary<string, RequestDot> byNumber = new(StringComparer.Ordinal);
    private readonly Dictionary<MapCell, int>[] counts = [.. CellsPerDegree.Select(_ => new Dictionary<MapCell, int>())];

    private HashSet<string>? heard = new(StringComparer.Ordinal);

    public RequestMap(LiveInbox inbox) => inbox.Hear<RequestChanged>(e => Heard(e.Summary));

    /// <summary>Takes what was stored when the hub started; what was heard meanwhile is newer.</summary>
    public void Load(DbConnection connection)
    {
        foreach (var r in OpenRequests.Read(connection))
        {
            lock (gate)
            {
                if (heard!.Contains(r.Number)) continue;
                Add(new RequestDot(r.Number, r.Service, r.Lat, r.Lon, (int)r.Priority, r.Stage, r.TargetMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null));
            }
        }

        lock (gate) heard = null;
    }

    /// <param name="southWest">A corner of what is in sight.</param>
    /// <param name="northEast">The opposite one.</param>
    /// <param name="most">More requests than this are counted by cell instead.</param>
    public MapSight In(GeoPoint southWest, GeoPoint northEast, int most)
    {
        lock (gate)
        {
            foreach (var level in Enumerable.Range(0, CellsPerDegree.Length))
            {
                var cells = CellsIn(level, southWest, northEast, most);
                if (cells is null) continue;
                // The count of whole cells is at least that of what is in sight.
                if (level == 0 && cells.Sum(c => c.Count) <= most) return new MapSight(Single(southWest, northEast), []);
                if (level > 0 || cells.Count > 0) return new MapSight([], cells);
            }

            return new MapSight([], CellsIn(CellsPerDegree.Length - 1, southWest, northEast, int.MaxValue)!);
        }
    }

    private static MapCell CellOf(RequestDot dot) => MapCell.Of(new GeoPoint(dot.Lat, dot.Lon), CellsPerDegree[0]);

    private List<RequestDot> Single(GeoPoint southWest, GeoPoint northEast)
    {
        var (low, high) = (MapCell.Of(southWest, CellsPerDegree[0]), MapCell.Of(northEast, CellsPerDegree[0]));
        // A wide look at few requests goes through them; any other one through the cells.
        var cells = (high.Y - low.Y + 1L) * (high.X - low.X + 1L) > byCell.Count ? byCell.Values : Between(low, high);
        return [.. cells.SelectMany(c => c)
            .Where(d => d.Lat >= southWest.Latitude && d.Lat <= northEast.Latitude && d.Lon >= southWest.Longitude && d.Lon <= northEast.Longitude)
            .OrderBy(d => d.Number, StringComparer.Ordinal)];
    }

    private IEnumerable<List<RequestDot>> Between(MapCell low, MapCell high)
    {
        for (var y = low.Y; y <= high.Y; y++)
        {
            for (var x = low.X; x <= high.X; x++)
            {
                if (byCell.TryGetValue(new MapCell(y, x), out var cell)) yield return cell;
            }
        }
    }

    /// <returns>Null when it is more cells than anybody wants to see.</returns>
    private List<MapCluster>? CellsIn(int level, GeoPoint southWest, GeoPoint northEast, int most)
    {
        var perDegree = CellsPerDegree[level];
        var (low, high) = (MapCell.Of(southWest, perDegree), MapCell.Of(northEast, perDegree));
        var wide = (high.Y - low.Y + 1L) * (high.X - low.X + 1L);
        var found = new List<MapCluster>();
        if (wide <= counts[level].Count)
        {
            if (wide > most) return null;
            for (var y = low.Y; y <= high.Y; y++)
            {
                for (var x = low.X; x <= high.X; x++)
                {
                    if (counts[level].TryGetValue(new MapCell(y, x), out var n)) found.Add(new MapCell(y, x).Cluster(perDegree, n));
                }
            }

            return found;
        }

        foreach (var (cell, n) in counts[level])
        {
            if (cell.Y < low.Y || cell.Y > high.Y || cell.X < low.X || cell.X > high.X) continue;
            if (found.Count == most) return null;
            found.Add(cell.Cluster(perDegree, n));
        }

        return found;
    }

    private void Heard(RequestSummary request)
    {
        lock (gate)
        {
            heard?.Add(request.Number);
            if (byNumber.Remove(request.Number, out var was))
            {
                var cell = CellOf(was);
                byCell[cell].Remove(was);
                if (byCell[cell].Count == 0) byCell.Remove(cell);
                Count(was, -1);
            }

            if (request.Status == Ticket.Open)
                Add(new RequestDot(request.Number, request.Service, request.Lat, request.Lon, request.Priority, request.Stage, request.TargetAt));
        }
    }

    private void Add(RequestDot dot)
    {
        byNumber[dot.Number] = dot;
        if (!byCell.TryGetValue(CellOf(dot), out var cell)) byCell.Add(CellOf(dot), cell = []);
        cell.Add(dot);
        Count(dot, 1);
    }

    private void Count(RequestDot dot, int by)
    {
        var at = new GeoPoint(dot.Lat, dot.Lon);
        for (var level = 0; level < CellsPerDegree.Length; level++)
        {
            var cell = MapCell.Of(at, CellsPerDegree[level]);
            var n = counts[level].GetValueOrDefault(cell) + by;
            if (n == 0) counts[level].Remove(cell);
            else counts[level][cell] = n;
        }
    }
}
