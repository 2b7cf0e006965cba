using System.Numerics;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>
/// Things by their place, in memory and immutable, so any thread may ask. Cells of the city's grid lie in square blocks, a block after
/// the other; a small table with open addressing says where a block is, and a block where its cells begin. So a question waits for
/// memory about as often in a big city as in a small one: once for the block's cells, once for the places in a row of them.
/// </summary>
public sealed class PlaceIndex<T>
    where T : notnull
{
    private const double EarthRadiusM = 6_371_008.8;
    private const double MetresPerDegree = EarthRadiusM * Math.PI / 180;

    // Places are compared by whole numbers on the tangent plane first, of 1.1 cm; what these cannot tell apart is measured.
    private const double UnitsPerDegree = 1e7;
    private const double UnitM = MetresPerDegree / UnitsPerDegree;
    private const double SlackM = 0.05;

    // Cells on a side of a block.
    private const int SideBits = 3;
    private const int Side = 1 << SideBits;

    // A cell is 91 m high, about twice the usual reach of a question and more; a place within its block is 16 bits either way.
    private const int CellBits = 13;
    private const int BlockBits = CellBits + SideBits;
    private const int CellsInBlock = Side * Side;

    private readonly IComparer<T> order;
    private readonly Place[] places;
    private readonly GeoPoint[] points;
    private readonly T[] values;
    private readonly int[] starts;
    private readonly Slot[] table;
    private readonly (int Row, int Column) first = (int.MaxValue, int.MaxValue);
    private readonly (int Row, int Column) last = (int.MinValue, int.MinValue);

    /// <param name="things">With their places, in any order.</param>
    /// <param name="order">Decides between things at the same distance.</param>
    public PlaceIndex(IEnumerable<(GeoPoint At, T Value)> things, IComparer<T> order)
    {
        this.order = order;
        var all = things.ToArray();
        var cells = Array.ConvertAll(all, t => (Block: Key(Block(Units(t.At.Latitude)), Block(Units(t.At.Longitude))), Cell: CellOf(t.At)));
        var sorted = Enumerable.Range(0, all.Length).ToArray();
        Array.Sort(sorted, (a, b) => cells[a].CompareTo(cells[b]) is var by and not 0 ? by : a.CompareTo(b));
        points = Array.ConvertAll(sorted, i => all[i].At);
        values = Array.ConvertAll(sorted, i => all[i].Value);
        places = Array.ConvertAll(points, p => new Place((ushort)Units(p.Latitude), (ushort)Units(p.Longitude)));
        var blocks = cells.Select(c => c.Block).Distinct().Count();
        table = new Slot[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, blocks * 2))];
        starts = new int[blocks * CellsInBlock + 1];
        var (block, filled) = (-1, 0);
        for (var i = 0; i < sorted.Length; i++)
        {
            var (key, cell) = cells[sorted[i]];
            if (i == 0 || key != cells[sorted[i - 1]].Block)
            {
                block++;
                table[Find(key)] = new Slot(key, block + 1);
                var (row, column) = (Block(Units(points[i].Latitude)), Block(Units(points[i].Longitude)));
                first = (Math.Min(first.Row, row), Math.Min(first.Column, column));
                last = (Math.Max(last.Row, row), Math.Max(last.Column, column));
            }

            while (filled <= block * CellsInBlock + cell) starts[filled++] = i;
        }

        Array.Fill(starts, sorted.Length, filled, starts.Length - filled);
    }

    /// <summary>How many things are in it.</summary>
    public int Count => values.Length;

    /// <summary>The nearest thing within a distance.</summary>
    public bool TryNearest(GeoPoint at, double withinM, out T nearest)
    {
        var runs = new Runs(this, at, withinM);
        var (best, bestSquare, nextSquare) = (-1, double.MaxValue, double.MaxValue);
        while (runs.MoveNext())
        {
            for (var i = runs.From; i < runs.To; i++)
            {
                var square = runs.Square(places[i]);
                if (square >= nextSquare) continue;
                if (square >= bestSquare) nextSquare = square;
                else (best, bestSquare, nextSquare) = (i, square, bestSquare);
            }
        }

        nearest = default!;
        if (bestSquare > runs.MostSquare) return false;
        // As far away as it may be at most; and another one as near as it may be at least.
        var farthest = Math.Sqrt(bestSquare) * runs.Slack + SlackM;
        if (farthest <= withinM && Math.Sqrt(nextSquare) / runs.Slack - SlackM > farthest)
        {
            nearest = values[best];
            return true;
        }

        if (Near(at, withinM) is not [var (measured, _), ..]) return false;
        nearest = measured;
        return true;
    }

    /// <summary>What is within a distance, the nearest first.</summary>
    public List<(T Value, double DistanceM)> Near(GeoPoint at, double withinM)
    {
        var found = new List<(T Value, double DistanceM)>();
        var runs = new Runs(this, at, withinM);
        while (runs.MoveNext())
        {
            for (var i = runs.From; i < runs.To; i++)
            {
                if (runs.Square(places[i]) <= runs.MostSquare && at.DistanceMTo(points[i]) is var distance && distance <= withinM) found.Add((values[i], distance));
            }
        }

        found.Sort((a, b) => a.DistanceM.CompareTo(b.DistanceM) is var by and not 0 ? by : order.Compare(a.Value, b.Value));
        return found;
    }

    private static int Units(double degrees) => (int)Math.Floor(Math.Clamp(degrees, -200, 200) * UnitsPerDegree);

    private static long Key(int row, int column) => ((long)row << 32) ^ (uint)column;

    private static int Block(int units) => units >> BlockBits;

    private static int CellOf(GeoPoint at) =>
        (((Units(at.Latitude) >> CellBits) & (Side - 1)) << SideBits) | ((Units(at.Longitude) >> CellBits) & (Side - 1));

    // Neighbours differ in the low bits of either half. A multiplication brings both to the top; .NET's own hash of a long would
    // fold the halves onto each other, and a city's blocks onto a few values.
    private int Find(long key)
    {
        var mask = table.Length - 1;
        var slot = (int)((ulong)(key * unchecked((long)0x9E3779B97F4A7C15)) >> 32) & mask;
        while (table[slot].Next != 0 && table[slot].Key != key) slot = (slot + 1) & mask;
        return slot;
    }

    /// <param name="Key">The block.</param>
    /// <param name="Next">One more than its number; 0 in a slot that is free.</param>
    private readonly record struct Slot(long Key, int Next);

    /// <summary>Within its block.</summary>
    private readonly record struct Place(ushort Lat, ushort Lon);

    /// <summary>Goes through what may be within a reach: stretches of places that lie side by side, one in each row of each block.</summary>
    private ref struct Runs
    {
        private readonly PlaceIndex<T> index;
        private readonly int lat;
        private readonly int lon;
        private readonly double eastM;
        private readonly int firstRow;
        private readonly int lastRow;
        private readonly int firstColumn;
        private readonly int lastColumn;
        private readonly int lastBlockRow;
        private readonly int firstBlockColumn;
        private readonly int lastBlockColumn;
        private int blockRow;
        private int blockColumn;
        private int row;
        private int rowsEnd;
        private int blockLat;
        private int blockLon;
        private int west;
        private int east;

        public Runs(PlaceIndex<T> index, GeoPoint at, double withinM)
        {
            this.index = index;
            // Near a pole of the earth a metre is many degrees; nobody has streets there.
            var narrowing = Math.Max(Math.Cos(at.Latitude * Math.PI / 180), 0.001);
            (lat, lon, eastM) = (Units(at.Latitude), Units(at.Longitude), UnitM * narrowing);
            Slack = 1.0001 + withinM / EarthRadiusM / narrowing;
            var reach = (withinM + SlackM) * Slack;
            MostSquare = reach * reach;
            // A reach beyond the world is the world.
            var (high, wide) = ((int)Math.Min(reach / UnitM, 100_000_000), (int)Math.Min(reach / eastM, 100_000_000));
            (firstRow, lastRow, firstColumn, lastColumn) = ((lat - high) >> CellBits, (lat + high) >> CellBits, (lon - wide) >> CellBits, (lon + wide) >> CellBits);
            (blockRow, lastBlockRow) = (Math.Max(firstRow >> SideBits, index.first.Row), Math.Min(lastRow >> SideBits, index.last.Row));
            (firstBlockColumn, lastBlockColumn) = (Math.Max(firstColumn >> SideBits, index.first.Column), Math.Min(lastColumn >> SideBits, index.last.Column));
            blockColumn = firstBlockColumn - 1;
        }

        /// <summary>Of the earth's curve and of whole numbers: what is this many times as far, and <see cref="SlackM"/>, is farther.</summary>
        public double Slack { get; }

        /// <summary>What is not within it on the plane is not within the reach on the earth.</summary>
        public double MostSquare { get; }

        public int From { get; private set; }

        public int To { get; private set; }

        /// <summary>Distance on the plane, squared.</summary>
        public readonly double Square(Place place)
        {
            var (northM, eastwardM) = ((place.Lat - blockLat) * UnitM, (place.Lon - blockLon) * eastM);
            return northM * northM + eastwardM * eastwardM;
        }

        public bool MoveNext()
        {
            while (row >= rowsEnd)
            {
                if (++blockColumn > lastBlockColumn) (blockColumn, blockRow) = (firstBlockColumn, blockRow + 1);
                if (blockRow > lastBlockRow || blockColumn > lastBlockColumn) return false;
                BeginBlock();
            }

            (From, To) = (index.starts[row + west], index.starts[row + east + 1]);
            row += Side;
            return true;
        }

        private void BeginBlock()
        {
            var number = index.table[index.Find(Key(blockRow, blockColumn))].Next - 1;
            if (number < 0) return;
            var (south, side) = (blockRow << SideBits, blockColumn << SideBits);
            (blockLat, blockLon) = (lat - (blockRow << BlockBits), lon - (blockColumn << BlockBits));
            (west, east) = (Math.Max(firstColumn - side, 0), Math.Min(lastColumn - side, Side - 1));
            row = number * CellsInBlock + Math.Max(firstRow - south, 0) * Side;
            rowsEnd = number * CellsInBlock + Math.Min(lastRow - south, Side - 1) * Side + 1;
        }
    }
}
