using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>
/// The city's centre-lines and named intersections in memory: immutable, so any thread may ask. Places are compared on the
/// tangent plane at the first street, good to a few centimetres over the distances asked.
/// </summary>
public sealed class StreetMap
{
    private const double CrossingM = 20;

    // Cosine of 45 degrees.
    private const double MostCrossing = 0.7071;

    private readonly STRtree<Piece> pieces = new();
    private readonly STRtree<Node> nodes = new();
    private readonly Envelope extent = new();
    private readonly Dictionary<string, StreetSegment> byId;
    private readonly Dictionary<int, string[]> streetsAtNode;
    private readonly StreetsOptions options;
    private readonly GeoPoint origin;

    public StreetMap(IReadOnlyList<StreetSegment> segments, IReadOnlyList<(string Name, GeoPoint At)> intersections, StreetsOptions options)
    {
        this.options = options;
        origin = segments.Count > 0 ? segments[0].Points[0] : default;
        byId = segments.GroupBy(s => s.Id).ToDictionary(g => g.Key, g => g.First());
        streetsAtNode = segments
            .SelectMany(s => new[] { (Node: s.FromNode, s.Street), (Node: s.ToNode, s.Street) })
            .Where(n => n.Node is not null)
            .GroupBy(n => n.Node!.Value, n => n.Street)
            .ToDictionary(g => g.Key, g => g.Distinct().Order(StringComparer.Ordinal).ToArray());
        foreach (var segment in segments)
        {
            foreach (var piece in Pieces(segment))
            {
                pieces.Insert(new Envelope(piece.A, piece.B), piece);
                extent.ExpandToInclude(new Envelope(piece.A, piece.B));
            }
        }

        foreach (var (name, at) in intersections)
        {
            var place = Local(at);
            nodes.Insert(new Envelope(place), new Node(name, place));
        }

        // A tree that is built on first use is not safe for several threads; a built one is.
        pieces.Build();
        nodes.Build();
    }

    public int Segments => byId.Count;

    public IReadOnlyCollection<StreetSegment> All => byId.Values;

    public StreetSegment? Segment(string id) => byId.GetValueOrDefault(id);

    /// <summary>How far a place is from the box around all streets, metres; 0 in it; null when there are no streets.</summary>
    public double? DistanceM(GeoPoint at) => extent.IsNull ? null : extent.Distance(new Envelope(Local(at)));

    /// <summary>The nearest street to a place: how far along it, as a share of its length, and how far away; null when no street is near.</summary>
    public (StreetSegment Segment, double Share, double DistanceM)? Nearest(GeoPoint at)
    {
        var (piece, along, distance) = Nearest(Local(at), null);
        return piece is null ? null : (piece.Segment, Math.Clamp((piece.StartM + along) / piece.TotalM, 0, 1), distance);
    }

    /// <summary>The address of a place; null when no street is near.</summary>
    /// <param name="at">The place.</param>
    /// <param name="courseDeg">Which way a vehicle drove over it, degrees from north: along its street, and on the right of one with traffic both ways. Null: not known.</param>
    public StreetAddress? Locate(GeoPoint at, double? courseDeg = null)
    {
        var place = Local(at);
        var (piece, along, distance) = Nearest(place, courseDeg);
        if (piece is null) return null;
        var segment = piece.Segment;
        var corner = NodeNear(place);
        var isLeft = courseDeg is { } course && segment.OneWay == 0 ? !piece.IsAlong(course) : piece.IsLeft(place);
        var text = corner ?? House(piece, along, isLeft) ?? Between(segment);
        return new StreetAddress(text, segment.Street, segment.Id, segment.RoadClass, corner is not null, Math.Round(distance, 1));
    }

    // A street that crosses the course counts as farther away: near a corner it may be the nearer one.
    private (Piece? Piece, double AlongM, double DistanceM) Nearest(Coordinate place, double? courseDeg)
    {
        for (var reach = Math.Min(40, options.FarthestM); ; reach = Math.Min(reach * 2, options.FarthestM))
        {
            (Piece? Piece, double Along, double Distance) best = (null, 0, double.MaxValue);
            var least = double.MaxValue;
            foreach (var piece in pieces.Query(Around(place, reach)))
            {
                var (along, distance) = piece.Project(place);
                // Ties go to the first id, so that equal input gives equal addresses whatever the tree's order.
                var cost = distance + (courseDeg is { } course && piece.Crosses(course) ? CrossingM : 0);
                if (cost < least || (cost == least && string.CompareOrdinal(piece.Segment.Id, best.Piece!.Segment.Id) < 0))
                    (best, least) = ((piece, along, distance), cost);
            }

            if (best.Piece is not null && best.Distance <= reach) return best;
            if (reach >= options.FarthestM) return (null, 0, 0);
        }
    }

    private string? NodeNear(Coordinate place) =>
        nodes.Query(Around(place, options.IntersectionM))
            .Select(n => (n.Name, Distance: n.At.Distance(place)))
            .Where(n => n.Distance <= options.IntersectionM)
            .OrderBy(n => n.Distance).ThenBy(n => n.Name, StringComparer.Ordinal)
            .Select(n => n.Name)
            .FirstOrDefault();

    // Where houses stand on the other side only, the one across names the place.
    private static string? House(Piece piece, double alongM, bool isLeft)
    {
        var (own, other) = isLeft ? (piece.Segment.Left, piece.Segment.Right) : (piece.Segment.Right, piece.Segment.Left);
        var share = (piece.StartM + alongM) / piece.TotalM;
        return own is { } numbers ? $"{numbers.At(share)} {piece.Segment.Street}"
            : other is { } across ? $"near {across.At(share)} {piece.Segment.Street}"
            : null;
    }

    /// <summary>A segment by its cross streets: "Inman St between Harvard St and Broadway".</summary>
    public string Between(StreetSegment segment)
    {
        var from = Cross(segment.FromNode, segment.Street);
        var to = Cross(segment.ToNode, segment.Street);
        return (from, to) switch
        {
            ({ } a, { } b) when a != b => $"{segment.Street} between {a} and {b}",
            ({ } a, _) => $"{segment.Street} near {a}",
            (_, { } b) => $"{segment.Street} near {b}",
            _ => segment.Street,
        };
    }

    private string? Cross(int? node, string street) =>
        node is { } n && streetsAtNode.TryGetValue(n, out var streets) ? streets.FirstOrDefault(s => s != street) : null;

    private IEnumerable<Piece> Pieces(StreetSegment segment)
    {
        var points = segment.Points.Select(Local).ToArray();
        var total = 0.0;
        for (var i = 1; i < points.Length; i++) total += points[i].Distance(points[i - 1]);
        var start = 0.0;
        for (var i = 1; i < points.Length; i++)
        {
            yield return new Piece(segment, points[i - 1], points[i], start, Math.Max(total, 0.01));
            start += points[i].Distance(points[i - 1]);
        }
    }

    private Coordinate Local(GeoPoint at)
    {
        var (east, north) = origin.OffsetMTo(at);
        return new Coordinate(east, north);
    }

    private static Envelope Around(Coordinate place, double reach) =>
        new(place.X - reach, place.X + reach, place.Y - reach, place.Y + reach);

    private sealed record Node(string Name, Coordinate At);

    private sealed record Piece(StreetSegment Segment, Coordinate A, Coordinate B, double StartM, double TotalM)
    {
        public (double AlongM, double DistanceM) Project(Coordinate p)
        {
            var (dx, dy) = (B.X - A.X, B.Y - A.Y);
            var length = Math.Sqrt(dx * dx + dy * dy);
            if (length == 0) return (0, A.Distance(p));
            var along = Math.Clamp(((p.X - A.X) * dx + (p.Y - A.Y) * dy) / length, 0, length);
            return (along, p.Distance(new Coordinate(A.X + dx * along / length, A.Y + dy * along / length)));
        }

        /// <summary>True when a course goes rather along the line than against it.</summary>
        public bool IsAlong(double courseDeg) => Cosine(courseDeg) >= 0;

        public bool Crosses(double courseDeg) => Math.Abs(Cosine(courseDeg)) < MostCrossing;

        private double Cosine(double courseDeg)
        {
            var (sin, cos) = Math.SinCos(courseDeg * Math.PI / 180);
            return ((B.X - A.X) * sin + (B.Y - A.Y) * cos) / Math.Max(0.01, A.Distance(B));
        }

        public bool IsLeft(Coordinate p) => (B.X - A.X) * (p.Y - A.Y) - (B.Y - A.Y) * (p.X - A.X) > 0;
    }
}
