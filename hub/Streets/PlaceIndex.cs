using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>
/// Things by their place, in memory: square cells of a fraction of a degree in one table with open addressing, so that asking
/// what is near looks at the few cells that the reach touches, however much there is elsewhere. Any number may ask at a time
/// while nobody adds or removes.
/// </summary>
/// <param name="order">Decides between things at the same distance.</param>
/// <param name="cellM">Height of a cell, metres: about twice the usual reach of a question.</param>
public sealed class PlaceIndex<T>(IComparer<T> order, double cellM = 64)
    where T : notnull
{
    private const double MetresPerDegree = 111_195;
    private const long Free = long.MinValue;

    // What is not within this more than the reach on the tangent plane is not within it on the sphere.
    private const double Slack = 1.001;

    private readonly double perDegree = MetresPerDegree / cellM;
    private long[] keys = NewKeys(16);
    private Cell[] cells = new Cell[16];
    private int used;

    /// <summary>How many things are in it.</summary>
    public int Count { get; private set; }

    public void Add(GeoPoint at, T value)
    {
        if (used * 2 >= keys.Length) Grow();
        var slot = Slot(Key(at));
        if (keys[slot] == Free)
        {
            keys[slot] = Key(at);
            used++;
        }

        ref var cell = ref cells[slot];
        if (cell.Entries is null) cell.Entries = new Entry[4];
        else if (cell.Count == cell.Entries.Length) Array.Resize(ref cell.Entries, cell.Count * 2);
        cell.Entries[cell.Count++] = new Entry(at.Latitude, at.Longitude, value);
        Count++;
    }

    /// <returns>False when it is not there at that place.</returns>
    public bool Remove(GeoPoint at, T value)
    {
        ref var cell = ref cells[Slot(Key(at))];
        for (var i = 0; i < cell.Count; i++)
        {
            if (!EqualityComparer<T>.Default.Equals(cell.Entries![i].Value, value)) continue;
            cell.Entries[i] = cell.Entries[--cell.Count];
            cell.Entries[cell.Count] = default;
            Count--;
            return true;
        }

        return false;
    }

    /// <summary>The nearest thing within a distance.</summary>
    public bool TryNearest(GeoPoint at, double withinM, out T nearest, out double distanceM)
    {
        (nearest, distanceM) = (default!, double.MaxValue);
        var reach = new Reach(at, withinM, perDegree);
        for (var y = reach.Y0; y <= reach.Y1; y++)
        {
            for (var x = reach.X0; x <= reach.X1; x++)
            {
                ref readonly var cell = ref cells[Slot(Number(y, x))];
                foreach (ref readonly var entry in cell.Entries.AsSpan(0, cell.Count))
                {
                    if (reach.Square(entry.Latitude, entry.Longitude) > Math.Min(reach.MostSquare, distanceM * distanceM * Slack)) continue;
                    var distance = at.DistanceMTo(new GeoPoint(entry.Latitude, entry.Longitude));
                    if (distance > withinM || distance > distanceM || (distance == distanceM && order.Compare(entry.Value, nearest) >= 0)) continue;
                    (nearest, distanceM) = (entry.Value, distance);
                }
            }
        }

        return distanceM <= withinM;
    }

    /// <summary>What is within a distance, the nearest first.</summary>
    public List<(T Value, double DistanceM)> Near(GeoPoint at, double withinM)
    {
        var found = new List<(T Value, double DistanceM)>();
        var reach = new Reach(at, withinM, perDegree);
        for (var y = reach.Y0; y <= reach.Y1; y++)
        {
            for (var x = reach.X0; x <= reach.X1; x++)
            {
                ref readonly var cell = ref cells[Slot(Number(y, x))];
                foreach (ref readonly var entry in cell.Entries.AsSpan(0, cell.Count))
                {
                    if (reach.Square(entry.Latitude, entry.Longitude) > reach.MostSquare) continue;
                    var distance = at.DistanceMTo(new GeoPoint(entry.Latitude, entry.Longitude));
                    if (distance <= withinM) found.Add((entry.Value, distance));
                }
            }
        }

        found.Sort((a, b) => a.DistanceM.CompareTo(b.DistanceM) is var by and not 0 ? by : order.Compare(a.Value, b.Value));
        return found;
    }

    /// <summary>Visits what lies in a rectangle, in no order.</summary>
    public void Between(GeoPoint southWest, GeoPoint northEast, Action<GeoPoint, T> visit)
    {
        var (y0, y1) = (Index(southWest.Latitude), Index(northEast.Latitude));
        var (x0, x1) = (Index(southWest.Longitude), Index(northEast.Longitude));
        // A rectangle of more cells than there are is looked at by what there is.
        if ((y1 - y0 + 1.0) * (x1 - x0 + 1.0) > keys.Length)
        {
            foreach (ref readonly var cell in cells.AsSpan()) Visit(cell);
            return;
        }

        for (var y = y0; y <= y1; y++)
        {
            for (var x = x0; x <= x1; x++) Visit(cells[Slot(Number(y, x))]);
        }

        void Visit(in Cell cell)
        {
            foreach (ref readonly var e in cell.Entries.AsSpan(0, cell.Count))
            {
                if (e.Latitude >= southWest.Latitude && e.Latitude <= northEast.Latitude && e.Longitude >= southWest.Longitude && e.Longitude <= northEast.Longitude)
                    visit(new GeoPoint(e.Latitude, e.Longitude), e.Value);
            }
        }
    }

    private static long[] NewKeys(int length)
    {
        var fresh = new long[length];
        Array.Fill(fresh, Free);
        return fresh;
    }

    private static long Number(long y, long x) => (y << 32) ^ (x & 0xffffffffL);

    private long Index(double degrees) => (long)Math.Floor(degrees * perDegree);

    private long Key(GeoPoint at) => Number(Index(at.Latitude), Index(at.Longitude));

    // Neighbours differ in the low bits of either half. A multiplication brings both to the top; .NET's own hash of a long would
    // fold the halves onto each other, and a city's cells onto a few hundred values.
    private int Slot(long key)
    {
        var mask = keys.Length - 1;
        var slot = (int)((ulong)(key * unchecked((long)0x9E3779B97F4A7C15)) >> 32) & mask;
        while (keys[slot] != key && keys[slot] != Free) slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        var (oldKeys, oldCells) = (keys, cells);
        keys = NewKeys(oldKeys.Length * 2);
        cells = new Cell[keys.Length];
        used = 0;
        for (var i = 0; i < oldKeys.Length; i++)
        {
            // Cells that have become empty are left behind.
            if (oldKeys[i] == Free || oldCells[i].Count == 0) continue;
            var slot = Slot(oldKeys[i]);
            (keys[slot], cells[slot]) = (oldKeys[i], oldCells[i]);
            used++;
        }
    }

    private struct Cell
    {
        public Entry[]? Entries;
        public int Count;
    }

    private readonly record struct Entry(double Latitude, double Longitude, T Value);

    /// <summary>The cells that a reach touches, and distances on the tangent plane at its middle.</summary>
    private readonly struct Reach
    {
        private readonly GeoPoint at;
        private readonly double eastPerDegree;

        public Reach(GeoPoint at, double withinM, double perDegree)
        {
            this.at = at;
            // Near a pole a metre is many degrees; nobody has streets there, and nobody may make the hub walk around the world.
            eastPerDegree = MetresPerDegree * Math.Max(Math.Cos(at.Latitude * Math.PI / 180), 0.01);
            var (dLat, dLon) = (withinM * Slack / MetresPerDegree, withinM * Slack / eastPerDegree);
            (Y0, Y1) = ((long)Math.Floor((at.Latitude - dLat) * perDegree), (long)Math.Floor((at.Latitude + dLat) * perDegree));
            (X0, X1) = ((long)Math.Floor((at.Longitude - dLon) * perDegree), (long)Math.Floor((at.Longitude + dLon) * perDegree));
            MostSquare = withinM * withinM * Slack * Slack;
        }

        public long Y0 { get; }

        public long Y1 { get; }

        public long X0 { get; }

        public long X1 { get; }

        public double MostSquare { get; }

        public double Square(double latitude, double longitude)
        {
            var (north, east) = ((latitude - at.Latitude) * MetresPerDegree, (longitude - at.Longitude) * eastPerDegree);
            return north * north + east * east;
        }
    }
}
