using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>
/// Finds things by place: each is listed in every cell of about 100 m that its bounding box touches. Three flat arrays,
/// sorted by cell: a city's layer costs a vehicle kilobytes.
/// </summary>
internal sealed class CellGrid
{
    private const double CellM = 100;
    private const double MPerDegree = 111_195;

    private readonly long[] _cells;
    private readonly int[] _starts;
    private readonly int[] _items;
    private readonly double _lonScale;

    public CellGrid(int count, Func<int, (GeoPoint A, GeoPoint B)> bounds)
    {
        // One scale for the whole city: cells may be a little narrower than 100 m, never wrong.
        _lonScale = count == 0 ? 1 : Math.Cos(bounds(0).A.Latitude * Math.PI / 180);
        var entries = new List<(long Cell, int Item)>(count);
        for (var i = 0; i < count; i++)
        {
            var (a, b) = bounds(i);
            var (x1, y1) = Cell(a, 0, 0);
            var (x2, y2) = Cell(b, 0, 0);
            for (var x = Math.Min(x1, x2); x <= Math.Max(x1, x2); x++)
            {
                for (var y = Math.Min(y1, y2); y <= Math.Max(y1, y2); y++) entries.Add((Key(x, y), i));
            }
        }

        entries.Sort();
        _items = [.. entries.Select(e => e.Item)];
        _cells = [.. entries.Select(e => e.Cell).Distinct()];
        _starts = new int[_cells.Length + 1];
        var cell = -1;
        for (var i = 0; i < entries.Count; i++)
        {
            if (cell < 0 || entries[i].Cell != _cells[cell]) _starts[++cell] = i;
        }

        _starts[^1] = entries.Count;
    }

    /// <summary>Candidates within the distance, and some farther ones; a long thing may come more than once.</summary>
    public IEnumerable<int> Near(GeoPoint at, double distanceM)
    {
        var (x1, y1) = Cell(at, -distanceM, -distanceM);
        var (x2, y2) = Cell(at, distanceM, distanceM);
        for (var x = x1; x <= x2; x++)
        {
            for (var y = y1; y <= y2; y++)
            {
                var cell = Array.BinarySearch(_cells, Key(x, y));
                if (cell < 0) continue;
                for (var i = _starts[cell]; i < _starts[cell + 1]; i++) yield return _items[i];
            }
        }
    }

    private static long Key(int x, int y) => ((long)x << 32) | (uint)y;

    private (int X, int Y) Cell(GeoPoint at, double eastM, double northM) =>
        ((int)Math.Floor((at.Longitude * _lonScale * MPerDegree + eastM) / CellM),
         (int)Math.Floor((at.Latitude * MPerDegree + northM) / CellM));
}
