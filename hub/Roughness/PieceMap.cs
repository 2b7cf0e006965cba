using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>The pieces of the city's streets, and which of them a stretch was driven on.</summary>
public sealed class PieceMap(StreetMap streets, RoughnessOptions options)
{
    // Farther from every centre-line is a yard or a parking lot.
    private const double FarthestM = 25;

    // Cosine: what crosses the street at more than 35° is another street's.
    private const double LeastParallel = 0.82;

    // A stretch whose ends are nearer than this share of its length went round a corner, nobody knows where.
    private const double LeastStraight = 0.92;

    public int Count(StreetSegment segment) => Math.Max(1, (int)Math.Round(segment.LengthM / options.PieceM));

    /// <summary>Length of each piece of a segment, metres.</summary>
    public double LengthM(StreetSegment segment) => segment.LengthM / Count(segment);

    /// <summary>Null for a segment that the map does not know any more.</summary>
    public StreetSegment? Segment(Piece piece) => streets.Segment(piece.Segment);

    /// <summary>What a stretch adds to which pieces, part by part.</summary>
    public IEnumerable<(Piece Piece, PieceSums Sums)> Of(RoughnessObservation stretch, DateTimeOffset at)
    {
        if (stretch.Squares is not { Count: > 0 and <= 100 } squares || !stretch.From.IsPlausible || !stretch.To.IsPlausible
            || !(stretch.LengthM is > 1 and < 1_000) || !(stretch.SpeedMps > 0)) yield break;
        var (east, north) = stretch.From.OffsetMTo(stretch.To);
        var straight = Math.Sqrt(east * east + north * north);
        if (straight < LeastStraight * stretch.LengthM) yield break;
        var day = (int)(at.ToUnixTimeSeconds() / 86_400);
        for (var part = 0; part < squares.Count; part++)
        {
            if (squares[part] is not { } square || !double.IsFinite(square)) continue;
            var share = (part + 0.5) / squares.Count;
            if (streets.Nearest(stretch.From.MovedByM(east * share, north * share)) is not { DistanceM: <= FarthestM, Share: > 0 and < 1 } near) continue;
            var (a, b) = (near.Segment.At(near.Share - 0.02), near.Segment.At(near.Share + 0.02));
            var (x, y) = a.OffsetMTo(b);
            var parallel = (x * east + y * north) / Math.Max(1e-9, Math.Sqrt(x * x + y * y) * straight);
            if (Math.Abs(parallel) < LeastParallel) continue;
            var count = Count(near.Segment);
            yield return (
                new Piece(near.Segment.Id, Math.Min(count - 1, (int)(near.Share * count)), parallel > 0),
                PieceSums.Of(stretch.LengthM / squares.Count, square, stretch.Hum ?? 0, stretch.SpeedMps, day));
        }
    }
}
