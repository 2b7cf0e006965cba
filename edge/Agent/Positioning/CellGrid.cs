using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>Finds things by place: each is listed in every cell of about 100 m that its bounding box touches.</summary>
internal sealed class CellGrid
{
    private const double CellM = 100;
    private const double MPerDegree = 111_195;

    private readonly Dictionary<(int, int), List<int>> _cells = [];
    private readonly double _lonScale;

    public CellGrid(int count, Func<int, (GeoPoint A, GeoPoint B)> bounds)
    {
        // One scale for the whole city: cells may be a little narrower than 100 m, never wrong.
        _lonScale = count == 0 ? 1 : Math.Cos(bounds(0).A.Latitude * Math.PI / 180);
        for (var i = 0; i < count; i++)
        {
            var (a, b) = bounds(i);
            var (x1, y1) = Cell(a, 0, 0);
            var (x2, y2) = Cell(b, 0, 0);
            for (var x = Math.Min(x1, x2); x <= Math.Max(x1, x2); x++)
            {
                for (var y = Math.Min(y1, y2); y <= Math.Max(y1, y2); y++)
                {
                    if (!_cells.TryGetValue((x, y), out var cell)) _cells[(x, y)] = cell = [];
                    cell.Add(i);
                }
            }
        }
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
                if (!_cells.TryGetValue((x, y), out var cell)) continue;
                foreach (var i in cell) yield return i;
            }
        }
    }

    private (int X, int Y) Cell(GeoPoint at, double eastM, double northM) =>
        ((int)Math.Floor((at.Longitude * _lonScale * MPerDegree + eastM) / CellM),
         (int)Math.Floor((at.Latitude * MPerDegree + northM) / CellM));
}
