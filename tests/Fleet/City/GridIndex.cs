namespace ThreeOneOne.Field.Fleet.City;

/// <summary>Finds what lies near a place, by squares of the plane.</summary>
public sealed class GridIndex<T>(double cellM)
{
    private readonly Dictionary<(int X, int Y), List<(Place At, T Item)>> _cells = [];

    public void Add(Place at, T item)
    {
        var cell = Cell(at);
        if (!_cells.TryGetValue(cell, out var list)) _cells[cell] = list = [];
        list.Add((at, item));
    }

    /// <summary>Everything within the radius, in no particular order.</summary>
    public IEnumerable<(T Item, double DistanceM)> Within(Place centre, double radiusM)
    {
        var (x0, y0) = Cell(new Place(centre.X - radiusM, centre.Y - radiusM));
        var (x1, y1) = Cell(new Place(centre.X + radiusM, centre.Y + radiusM));
        for (var x = x0; x <= x1; x++)
        {
            for (var y = y0; y <= y1; y++)
            {
                if (!_cells.TryGetValue((x, y), out var list)) continue;
                foreach (var (at, item) in list)
                {
                    var distance = at.DistanceTo(centre);
                    if (distance <= radiusM) yield return (item, distance);
                }
            }
        }
    }

    private (int X, int Y) Cell(Place at) => ((int)Math.Floor(at.X / cellM), (int)Math.Floor(at.Y / cellM));
}
