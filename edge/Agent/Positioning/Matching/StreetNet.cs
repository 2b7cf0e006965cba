using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Positioning.Matching;

/// <summary>
/// The city's streets as they can be driven: directed edges between junctions, on a plane of metres about the first point.
/// An edge and the one back have neighbouring numbers (<c>edge ^ 1</c>). Immutable, shared by all vehicles of a process.
/// </summary>
public sealed class StreetNet
{
    // Ends of centre-lines that lie closer are one junction, metres: cities' node numbers cannot be relied on.
    private const double JoinM = 1.5;

    /// <summary>A single fix farther from every street is on none, metres.</summary>
    public const float NearestM = 25;

    private const double CrossingPenaltyM = 20;
    private const double CrossingDeg = 45;
    private const double CellM = 50;

    // By street; the last of _begin is one beyond the last point.
    private readonly List<Street> _streets = [];
    private readonly List<int> _begin = [0];

    // By point, street after street: a piece of a street is known by the point that it begins with.
    private readonly float[] _x;
    private readonly float[] _y;
    private readonly float[] _along;
    private readonly int[] _streetOf;

    // By edge.
    private readonly float[] _lengthM;
    private readonly int[] _from;
    private readonly bool[] _wrongWay;
    private readonly Dictionary<long, int[]> _cells = [];
    private readonly int[][] _leaving;
    private readonly bool _saysMain;
    private readonly GeoPoint _origin;
    private readonly double _metresPerDegreeEast;

    private const double MetresPerDegree = 6_371_008.8 * Math.PI / 180;

    private StreetNet(IEnumerable<(Street Street, IReadOnlyList<GeoPoint> Line)> lines)
    {
        var read = lines.ToList();
        _origin = read.Count == 0 ? default : read[0].Line[0];
        _metresPerDegreeEast = MetresPerDegree * Math.Cos(_origin.Latitude * Math.PI / 180);
        Dictionary<(int X, int Y), List<(float X, float Y, int Node)>> joints = [];
        var nodes = 0;
        List<(float X, float Y, float AlongM)> points = [];
        List<int> ends = [];
        foreach (var (street, line) in read) Add(street, line, points, ends, joints, ref nodes);
        Nodes = nodes;
        (_x, _y, _along) = ([.. points.Select(p => p.X)], [.. points.Select(p => p.Y)], [.. points.Select(p => p.AlongM)]);
        _streetOf = [.. Enumerable.Range(0, _streets.Count).SelectMany(s => Enumerable.Repeat(s, _begin[s + 1] - _begin[s]))];
        _from = [.. ends];
        _lengthM = [.. Enumerable.Range(0, Edges).Select(e => _along[_begin[(e >> 1) + 1] - 1])];
        _wrongWay = [.. Enumerable.Range(0, Edges).Select(e => _streets[e >> 1].OneWay is var way && way != 0 && way > 0 != AsDigitised(e))];
        var leaving = Enumerable.Range(0, nodes).Select(_ => new List<int>()).ToArray();
        for (var edge = 0; edge < Edges; edge++) leaving[From(edge)].Add(edge);
        _leaving = [.. leaving.Select(l => l.ToArray())];
        _saysMain = _streets.Exists(s => s.IsMain is not null);
        Index();
    }

    /// <summary>Junctions and dead ends.</summary>
    public int Nodes { get; }

    /// <summary>Directed edges: twice the streets.</summary>
    public int Edges => 2 * _streets.Count;

    /// <summary>Reads LineString and MultiLineString features of a GeoJSON file.</summary>
    /// <param name="path">File of one FeatureCollection, WGS 84.</param>
    /// <param name="idProperty">Property with the segment's id.</param>
    /// <param name="oneWayProperty">Property that is 1 for one way as digitised, −1 for the other, and anything else for both.</param>
    /// <param name="mainProperty">Property that is 1 or 2 for a main street; a file in which no street has it does not tell which are.</param>
    /// <exception cref="InvalidDataException">Not such a file.</exception>
    public static StreetNet Load(string path, string idProperty = "ID", string oneWayProperty = "Direction", string mainProperty = "MajorRoad") =>
        new(CityLayer.Read(path).SelectMany(f => f.Lines().Select(line => (Feature: f, Line: line)))
            .Where(l => l.Line.Count > 1 && l.Feature.Text(idProperty) is not null)
            .Select(l => (new Street(l.Feature.Text(idProperty)!, l.Feature.Text(oneWayProperty) switch { "1" => 1, "-1" => -1, _ => 0 },
                l.Feature.Text(mainProperty) is { } main ? main is "1" or "2" : null), l.Line)));

    /// <summary>The city's id of the segment that an edge drives.</summary>
    public string Segment(int edge) => _streets[edge >> 1].Id;

    /// <summary>True when an edge is driven as its centre-line is digitised.</summary>
    public static bool AsDigitised(int edge) => (edge & 1) == 0;

    /// <summary>True when the city does not allow to drive this way.</summary>
    public bool WrongWay(int edge) => _wrongWay[edge];

    /// <summary>True for a segment with traffic both ways, where vehicles keep right of the centre-line.</summary>
    public bool TwoWay(int edge) => !_wrongWay[edge] && !_wrongWay[edge ^ 1];

    /// <summary>Length of an edge, metres.</summary>
    public float LengthM(int edge) => _lengthM[edge];

    public int From(int edge) => _from[edge];

    public int To(int edge) => _from[edge ^ 1];

    public ReadOnlySpan<int> Leaving(int node) => _leaving[node];

    /// <summary>Metres east and north of the first point.</summary>
    public (float X, float Y) ToPlane(GeoPoint at) =>
        ((float)((at.Longitude - _origin.Longitude) * _metresPerDegreeEast), (float)((at.Latitude - _origin.Latitude) * MetresPerDegree));

    public GeoPoint ToGeo(float x, float y) => new(_origin.Latitude + y / MetresPerDegree, _origin.Longitude + x / _metresPerDegreeEast);

    /// <summary>A place on an edge, metres from where driving it begins.</summary>
    public (float X, float Y) At(int edge, float alongM)
    {
        var (begin, end) = (_begin[edge >> 1], _begin[(edge >> 1) + 1]);
        var length = LengthM(edge);
        var d = Math.Clamp(AsDigitised(edge) ? alongM : length - alongM, 0, length);
        var found = Array.BinarySearch(_along, begin, end - begin, d);
        var i = Math.Clamp(found < 0 ? ~found - 1 : found, begin, end - 2);
        var share = _along[i + 1] > _along[i] ? (d - _along[i]) / (_along[i + 1] - _along[i]) : 0;
        return (_x[i] + share * (_x[i + 1] - _x[i]), _y[i] + share * (_y[i + 1] - _y[i]));
    }

    /// <summary>
    /// The nearest place on each street within the distance, as digitised: its even edge, how far along, the signed distance
    /// (right of it positive) and the direction there. Writes at most as many as fit, nearest kept.
    /// </summary>
    internal int Near(float x, float y, float distanceM, Span<NearStreet> to)
    {
        var count = 0;
        if (!_cells.TryGetValue(Key(Cell(x), Cell(y)), out var pieces)) return 0;
        var most = distanceM * distanceM;
        foreach (var i in pieces)
        {
            var (ax, ay) = (_x[i], _y[i]);
            var (ex, ey) = (_x[i + 1] - ax, _y[i + 1] - ay);
            var (px, py) = (x - ax, y - ay);
            var length2 = ex * ex + ey * ey;
            var share = length2 > 0 ? Math.Clamp((px * ex + py * ey) / length2, 0, 1) : 0;
            var (dx, dy) = (px - share * ex, py - share * ey);
            var d2 = dx * dx + dy * dy;
            if (d2 > most) continue;
            var length = MathF.Sqrt(length2);
            var distance = MathF.Sqrt(d2);
            var near = new NearStreet(_streetOf[i] << 1, _along[i] + share * length, ex * py - ey * px > 0 ? -distance : distance, ex / length, ey / length);
            var at = 0;
            while (at < count && to[at].Edge != near.Edge) at++;
            if (at < count)
            {
                if (distance < Math.Abs(to[at].OffM)) to[at] = near;
                continue;
            }

            if (count < to.Length)
            {
                to[count++] = near;
                continue;
            }

            var farthest = 0;
            for (var k = 1; k < count; k++)
            {
                if (Math.Abs(to[k].OffM) > Math.Abs(to[farthest].OffM)) farthest = k;
            }

            if (distance < Math.Abs(to[farthest].OffM)) to[farthest] = near;
        }

        return count;
    }

    /// <summary>
    /// The street that a single fix most likely lies on, within <see cref="NearestM"/>: the nearest, where one that crosses the course
    /// counts as 20 m farther away. Null when none is near.
    /// </summary>
    public StreetPlace? Nearest(GeoPoint at, double? courseDeg = null)
    {
        var (x, y) = ToPlane(at);
        Span<NearStreet> near = stackalloc NearStreet[16];
        var count = Near(x, y, NearestM, near);
        var (best, least) = (-1, double.MaxValue);
        for (var i = 0; i < count; i++)
        {
            var cost = Math.Abs(near[i].OffM) + (courseDeg is { } course && Crosses(course, near[i]) ? CrossingPenaltyM : 0);
            if (cost < least) (best, least) = (i, cost);
        }

        if (best < 0) return null;
        var (east, north) = At(near[best].Edge, near[best].AlongM);
        return new StreetPlace(Segment(near[best].Edge), ToGeo(east, north));
    }

    /// <summary>
    /// True when there may be a light so far ahead on the street that is driven, or a little behind: a receiver's error puts who waits at the
    /// line beyond it. There may be one where three or more streets meet and one of them is a main street. False when no street along the
    /// course is near.
    /// </summary>
    public bool IsAtLight(GeoPoint at, double courseDeg, double aheadM)
    {
        const float BehindM = 10;
        var (x, y) = ToPlane(at);
        Span<NearStreet> near = stackalloc NearStreet[16];
        var count = Near(x, y, NearestM, near);
        var best = -1;
        for (var i = 0; i < count; i++)
        {
            if (!Crosses(courseDeg, near[i]) && (best < 0 || Math.Abs(near[i].OffM) < Math.Abs(near[best].OffM))) best = i;
        }

        if (best < 0) return false;
        var street = near[best];
        var (sin, cos) = Math.SinCos(courseDeg * Math.PI / 180);
        var along = street.East * sin + street.North * cos >= 0;
        var edge = along ? street.Edge : street.Edge ^ 1;
        var driven = along ? street.AlongM : LengthM(edge) - street.AlongM;
        return (LengthM(edge) - driven <= aheadM && MayHaveLight(To(edge))) || (driven <= BehindM && MayHaveLight(From(edge)));
    }

    private bool MayHaveLight(int node)
    {
        const int Arms = 3;
        var leaving = Leaving(node);
        if (leaving.Length < Arms) return false;
        if (!_saysMain) return true;
        foreach (var edge in leaving)
        {
            if (_streets[edge >> 1].IsMain == true) return true;
        }

        return false;
    }

    private static bool Crosses(double courseDeg, NearStreet street)
    {
        var between = Math.Abs(courseDeg - Math.Atan2(street.East, street.North) * 180 / Math.PI) % 180;
        return Math.Min(between, 180 - between) > CrossingDeg;
    }

    /// <summary>The nearest place on an edge: metres along it, and how far right of it.</summary>
    internal (float AlongM, float OffM) Project(int edge, float x, float y)
    {
        var last = _begin[(edge >> 1) + 1] - 1;
        var best = (Square: float.MaxValue, AlongM: 0f, OffM: 0f);
        for (var i = _begin[edge >> 1]; i < last; i++)
        {
            var (ex, ey) = (_x[i + 1] - _x[i], _y[i + 1] - _y[i]);
            var (px, py) = (x - _x[i], y - _y[i]);
            var share = Math.Clamp((px * ex + py * ey) / (ex * ex + ey * ey), 0, 1);
            var square = (px - share * ex) * (px - share * ex) + (py - share * ey) * (py - share * ey);
            if (square >= best.Square) continue;
            var distance = MathF.Sqrt(square);
            best = (square, _along[i] + share * (_along[i + 1] - _along[i]), ex * py - ey * px > 0 ? -distance : distance);
        }

        return AsDigitised(edge) ? (best.AlongM, best.OffM) : (LengthM(edge) - best.AlongM, -best.OffM);
    }

    private void Add(
        Street street, IReadOnlyList<GeoPoint> line, List<(float X, float Y, float AlongM)> points, List<int> ends,
        Dictionary<(int X, int Y), List<(float X, float Y, int Node)>> joints, ref int nodes)
    {
        List<(float X, float Y, float AlongM)> own = [];
        foreach (var at in line)
        {
            var p = ToPlane(at);
            if (own.Count == 0) own.Add((p.X, p.Y, 0));
            else if (Distance((own[^1].X, own[^1].Y), p) is > 0.05f and var step) own.Add((p.X, p.Y, own[^1].AlongM + step));
        }

        if (own.Count < 2) return;
        var from = Joint((own[0].X, own[0].Y), joints, ref nodes);
        var to = Joint((own[^1].X, own[^1].Y), joints, ref nodes);
        if (from == to && own[^1].AlongM < 5) return;
        _streets.Add(street);
        points.AddRange(own);
        _begin.Add(points.Count);
        ends.AddRange([from, to]);
    }

    private static int Joint((float X, float Y) at, Dictionary<(int X, int Y), List<(float X, float Y, int Node)>> joints, ref int nodes)
    {
        var (cx, cy) = ((int)Math.Floor(at.X / (2 * JoinM)), (int)Math.Floor(at.Y / (2 * JoinM)));
        var best = (DistanceM: (float)JoinM, Node: -1);
        for (var x = cx - 1; x <= cx + 1; x++)
        {
            for (var y = cy - 1; y <= cy + 1; y++)
            {
                foreach (var known in joints.GetValueOrDefault((x, y), []))
                {
                    var d = Distance((known.X, known.Y), at);
                    if (d <= best.DistanceM) best = (d, known.Node);
                }
            }
        }

        if (best.Node >= 0) return best.Node;
        if (!joints.TryGetValue((cx, cy), out var list)) joints[(cx, cy)] = list = [];
        list.Add((at.X, at.Y, nodes));
        return nodes++;
    }

    // Each cell lists every piece within the farthest distance that is ever asked for, so that one cell answers.
    private void Index()
    {
        Dictionary<long, List<int>> cells = [];
        for (var street = 0; street < _streets.Count; street++)
        {
            for (var i = _begin[street]; i < _begin[street + 1] - 1; i++)
            {
                var reach = MatchOptions.MostRadiusM;
                for (var cx = Cell(Math.Min(_x[i], _x[i + 1]) - reach); cx <= Cell(Math.Max(_x[i], _x[i + 1]) + reach); cx++)
                {
                    for (var cy = Cell(Math.Min(_y[i], _y[i + 1]) - reach); cy <= Cell(Math.Max(_y[i], _y[i + 1]) + reach); cy++)
                    {
                        if (!cells.TryGetValue(Key(cx, cy), out var list)) cells[Key(cx, cy)] = list = [];
                        list.Add(i);
                    }
                }
            }
        }

        foreach (var (key, list) in cells) _cells[key] = [.. list];
    }

    private static int Cell(float metres) => (int)Math.Floor(metres / CellM);

    private static long Key(int x, int y) => ((long)x << 32) | (uint)y;

    private static float Distance((float X, float Y) a, (float X, float Y) b) => MathF.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));

    private sealed record Street(string Id, int OneWay, bool? IsMain);
}
