using ThreeOneOne.Field.Fleet.Bodies;
using ThreeOneOne.Field.Hub.Roughness;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Evaluation.Roughness;

/// <summary>Some vehicles' drives over some streets: what the hub keeps of them, and what the baseline needs.</summary>
/// <param name="Felt">As the hub's calibration takes it.</param>
/// <param name="Plain">Root mean square and mean logarithm of speed of each pass over a piece, for the baseline.</param>
internal sealed record RoughFleet(IReadOnlyList<VehiclePiece> Felt, IReadOnlyList<(Piece Piece, double LogRms, double LogSpeed)> Plain)
{
    private const int Vehicles = 5, PassesEach = 2;
    private const double DrivenShare = 0.7;

    private static readonly DateTimeOffset Begins = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);

    /// <param name="streets">Where.</param>
    /// <param name="pieces">Of the streets.</param>
    /// <param name="set">Whose parameters the vehicles have.</param>
    /// <param name="seed">Of vehicles and drives.</param>
    public static RoughFleet Drive(RoughStreets streets, PieceMap pieces, ParameterSet set, int seed)
    {
        var sums = new SortedDictionary<(Piece Piece, string Vehicle), PieceSums>();
        List<(Piece, double, double)> plain = [];
        for (var vehicle = 0; vehicle < Vehicles; vehicle++)
        {
            var random = new Random(seed * 1_000 + vehicle);
            var draw = new ParameterDraw(random, set);
            var (body, mount) = (VehicleBody.Any(draw), SensorMount.Any(draw));
            for (var lane = 0; lane < streets.Count * 2; lane++)
            {
                // Every vehicle has streets of its own ways, none drives them all.
                if (random.NextDouble() >= DrivenShare) continue;
                for (var pass = 0; pass < PassesEach; pass++)
                {
                    var stretches = RoughDrive.Sense(streets, lane / 2, lane % 2 == 0, body, mount, Begins, random.Next());
                    Add(stretches, $"v{vehicle}");
                }
            }
        }

        return new RoughFleet(
            [.. sums.Select(s => new VehiclePiece(s.Key.Piece, s.Key.Vehicle, VehiclePiece.MonthOf(Begins), pieces.LengthM(pieces.Segment(s.Key.Piece)!), s.Value))], plain);

        void Add(IReadOnlyList<RoughnessObservation> stretches, string vehicle)
        {
            var passes = new SortedDictionary<Piece, (double Squares, double Speeds, int Parts)>();
            foreach (var stretch in stretches)
            {
                foreach (var (piece, part) in pieces.Of(stretch, Begins))
                {
                    sums[(piece, vehicle)] = sums.GetValueOrDefault((piece, vehicle)) + part;
                    var so = passes.GetValueOrDefault(piece);
                    passes[piece] = (so.Squares + stretch.RmsMps2 * stretch.RmsMps2, so.Speeds + Math.Log(stretch.SpeedMps), so.Parts + 1);
                }
            }

            foreach (var (piece, (squares, speeds, parts)) in passes)
            {
                if (parts >= 6) plain.Add((piece, 0.5 * Math.Log(squares / parts), speeds / parts));
            }
        }
    }
}
