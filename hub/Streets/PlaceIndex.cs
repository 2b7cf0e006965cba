using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>
/// Things by their place, in memory and immutable, so any thread may ask. They lie in rows from south to north, each row from west to
/// east, and a table with open addressing says where in its row a cell begins: a question looks at the few rows that its reach
/// touches, and at what lies side by side in memory there, however much there is elsewhere.
/// </summary>
public sealed class PlaceIndex<T>
    where T : notnull
{
    private const double MetresPerDegree = 111_195;

    // Places are compared by whole numbers first, of 1.1 cm; what these let through is measured.
    private const double UnitsPerDegree = 1e7;

    // What is not within this more than the reach on the tangent plane is not within it on the sphere.
    private const double Slack = 1.001;
    private const double SlackM = 0.05;

    private readonly IComparer<T> order;
    private readonly int cell;
    private readonly (GeoPoint At, T Value)[] things;
    private readonly Entry[] entries;
    private readonly Slot[] table;

    /// <param name="things">With their places, in any order.</param>
    /// <param name="order">Decides between things at the same distance.</param>
    /// <param name="cellM">Height of a row, metres: about twice the usual reach of a question.</param>
    public PlaceIndex(IEnumerable<(GeoPoint At, T Value)> things, IComparer<T> order, double cellM = 64)
    {
        this.order = order;
        cell = (int)(cellM / MetresPerDegree * UnitsPerDegree);
        this.things = [.. things];
        entries = [.. this.things.Select((t, i) => new Entry(Units(t.At.Latitude), Units(t.At.Longitude), i))];
        Array.Sort(entries, (a, b) => Cell(a.Lat) != Cell(b.Lat) ? a.Lat.CompareTo(b.Lat) : a.Lon != b.Lon ? a.Lon.CompareTo(b.Lon) : a.Thing.CompareTo(b.Thing));
        // In the order of the rows, so that what is asked for together lies together.
        this.things = [.. entries.Select(e => this.things[e.Thing])];
        for (var i = 0; i < entries.Length; i++) entries[i] = entries[i] with { Thing = i };
        table = new Slot[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, Cells() * 2))];
        for (var i = entries.Length - 1; i >= 0; i--) table[Find(Key(Cell(entries[i].Lat), Cell(entries[i].Lon)))] = new Slot(Key(Cell(entries[i].Lat), Cell(entries[i].Lon)), i + 1);
    }

    /// <summary>How many things are in it.</summary>
    public int Count => things.Length;

    /// <summary>The nearest thing within a distance.</summary>
    public bool TryNearest(GeoPoint at, double withinM, out T nearest, out double distanceM)
    {
        (nearest, distanceM) = (default!, double.MaxValue);
        foreach (var thing in new Candidates(this, at, withinM))
        {
            var distance = at.DistanceMTo(things[thing].At);
            if (distance > withinM || distance > distanceM || (distance == distanceM && order.Compare(things[thing].Value, nearest) >= 0)) continue;
            (nearest, distanceM) = (things[thing].Value, distance);
        }

        return distanceM <= withinM;
    }

    /// <summary>What is within a distance, the nearest first.</summary>
    public List<(T Value, double DistanceM)> Near(GeoPoint at, double withinM)
    {
        var found = new List<(T Value, double DistanceM)>();
        foreach (var thing in new Candidates(this, at, withinM))
        {
            var distance = at.DistanceMTo(things[thing].At);
            if (distance <= withinM) found.Add((things[thing].Value, distance));
        }

        found.Sort((a, b) => a.DistanceM.CompareTo(b.DistanceM) is var by and not 0 ? by : order.Compare(a.Value, b.Value));
        return found;
    }

    private static int Units(double degrees) => (int)Math.Floor(Math.Clamp(degrees, -200, 200) * UnitsPerDegree);

    private static long Key(int row, int column) => ((long)row << 32) ^ (uint)column;

    private int Cell(int units) => units >= 0 ? units / cell : (units - cell + 1) / cell;

    private int Cells()
    {
        var cells = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            if (i == 0 || Cell(entries[i].Lat) != Cell(entries[i - 1].Lat) || Cell(entries[i].Lon) != Cell(entries[i - 1].Lon)) cells++;
        }

        return cells;
    }

    // Neighbours differ in the low bits of either half. A multiplication brings both to the top; .NET's own hash of a long would
    // fold the halves onto each other, and a city's cells onto a few hundred values.
    private int Find(long key)
    {
        var mask = table.Length - 1;
        var slot = (int)((ulong)(key * unchecked((long)0x9E3779B97F4A7C15)) >> 32) & mask;
        while (table[slot].Next != 0 && table[slot].Key != key) slot = (slot + 1) & mask;
        return slot;
    }

    /// <param name="Key">The cell.</param>
    /// <param name="Next">One more than the place of its first entry; 0 in a slot that is free.</param>
    private readonly record struct Slot(long Key, int Next);

    private readonly record struct Entry(int Lat, int Lon, int Thing);

    /// <summary>Goes through what may be within a reach, row by row.</summary>
    private ref struct Candidates
    {
        private readonly PlaceIndex<T> index;
        private readonly int lat;
        private readonly int lon;
        private readonly int lonMost;
        private readonly int lastRow;
        private readonly int firstColumn;
        private readonly int lastColumn;
        private readonly double northM;
        private readonly double eastM;
        private readonly double mostSquare;
        private int row;
        private int rowEnd;
        private int next;

        public Candidates(PlaceIndex<T> index, GeoPoint at, double withinM)
        {
            this.index = index;
            northM = MetresPerDegree / UnitsPerDegree;
            // Near a pole of the earth a metre is many degrees; nobody has streets there.
            eastM = northM * Math.Max(Math.Cos(at.Latitude * Math.PI / 180), 0.001);
            var reach = withinM * Slack + SlackM;
            (lat, lon, mostSquare) = (Units(at.Latitude), Units(at.Longitude), reach * reach);
            // A reach beyond the world is the world.
            var (high, wide) = ((int)Math.Min(reach / northM, 100_000_000), (int)Math.Min(reach / eastM, 100_000_000));
            (row, lastRow) = (index.Cell(lat - high) - 1, index.Cell(lat + high));
            (firstColumn, lastColumn, lonMost) = (index.Cell(lon - wide), index.Cell(lon + wide), lon + wide);
            next = index.entries.Length;
        }

        /// <summary>Place of the thing.</summary>
        public int Current { get; private set; }

        public readonly Candidates GetEnumerator() => this;

        public bool MoveNext()
        {
            var entries = index.entries;
            while (true)
            {
                for (; next < entries.Length; next++)
                {
                    ref readonly var entry = ref entries[next];
                    if (entry.Lat >= rowEnd || entry.Lon > lonMost) break;
                    var (north, east) = ((entry.Lat - lat) * northM, (entry.Lon - lon) * eastM);
                    if (north * north + east * east > mostSquare) continue;
                    Current = next++;
                    return true;
                }

                if (++row > lastRow) return false;
                BeginRow();
            }
        }

        private void BeginRow()
        {
            rowEnd = (row + 1) * index.cell;
            next = index.entries.Length;
            for (var column = firstColumn; column <= lastColumn; column++)
            {
                ref readonly var slot = ref index.table[index.Find(Key(row, column))];
                if (slot.Next == 0) continue;
                next = slot.Next - 1;
                return;
            }
        }
    }
}
