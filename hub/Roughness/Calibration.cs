namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>
/// Calibrates vehicles by the streets that they share, without a profiler. What a vehicle feels on a piece is, in logarithms, the
/// piece's roughness, the vehicle's offset for the month and its slope by speed, and noise, more of it where the vehicle shakes
/// more by itself than by the road. Least squares over all of it, robust against single pieces, with offset and slope drawn to the reference car by a prior. The scale that is common to all vehicles
/// of a connected part is the one thing that shared streets cannot tell: it is from profiled pieces, or from the assumption that
/// the part's mean vehicle is the reference car, and the standard errors say how good either is. A pure function: sums run in one
/// order, so equal sets give equal bits.
/// </summary>
public static class Calibration
{
    // What a vehicle feels on a piece differs from what its offset says: axles, mounting and body choose among the waves.
    // A pass differs from the next: another line, another speed profile. Standard deviations of logarithms, from the simulated city.
    private const double PieceSpread = 0.04, PassSpread = 0.06;

    // The wheel paths differ in what a body's vertical movement cannot show, however many vehicles pass.
    private const double PathSpread = 0.035;

    // A profiler's own error, and that of its piece's ends.
    private const double ProfilerSpread = 0.05;

    // How far a vehicle errs in what it takes off for its own shaking, as a share of it. To estimate that share was tried: least
    // squares of logarithms then add shaking back to all, because it makes all pieces alike.
    private const double HumSpread = 0.2;

    // What is left of a square is at least this share of it.
    private const double LeastLeft = 0.1;

    // Below this the road is lost in what the car shakes by itself, m/km.
    private const double LeastMPerKm = 0.3;

    private const double LeastPasses = 0.6;
    private const double Huber = 2;
    private const int RobustRounds = 4, MostSweeps = 400;
    private const double Still = 1e-9;

    /// <param name="all">Sums by piece, vehicle and month, in any order, each once.</param>
    /// <param name="profiled">International Roughness Index of pieces that a profiler measured, m/km.</param>
    /// <param name="options">Priors and bounds.</param>
    /// <param name="progress">Called after each sweep with the largest change.</param>
    /// <param name="cancel">Ends it between sweeps.</param>
    public static CalibrationResult Fit(
        IEnumerable<VehiclePiece> all, IReadOnlyDictionary<Piece, double> profiled, RoughnessOptions options,
        Action<int, double>? progress = null, CancellationToken cancel = default)
    {
        var felt = all.Where(f => f.Sums.LengthDm > 0 && f.LengthM > 0 && f.Passes >= LeastPasses)
            .OrderBy(f => f.Piece).ThenBy(f => f.Vehicle, StringComparer.Ordinal).ThenBy(f => f.Month).ToArray();
        var model = new CalibrationModel(felt, profiled, options);
        var sweeps = 0;
        for (var round = 0; round < RobustRounds; round++)
        {
            for (var sweep = 0; sweep < MostSweeps; sweep++)
            {
                cancel.ThrowIfCancellationRequested();
                var change = model.Sweep();
                progress?.Invoke(++sweeps, change);
                if (change < Still) break;
            }

            model.Reweigh(Huber);
        }

        return model.Result(PathSpread);
    }

    /// <summary>Variance of the logarithm of what was felt on a piece, given the piece and the vehicle.</summary>
    internal static double Variance(VehiclePiece felt) =>
        PieceSpread * PieceSpread + PassSpread * PassSpread / felt.Passes + Math.Pow(HumSpread * felt.Sums.Hum / Square(felt.Sums) / 2, 2);

    /// <summary>Weight of a profiled piece.</summary>
    internal static double ProfilerWeight => 1 / (ProfilerSpread * ProfilerSpread);

    /// <summary>The square of the roughness felt, (m/km)².</summary>
    internal static double Square(PieceSums sums) =>
        Math.Max(sums.Square, Math.Max(LeastLeft * (sums.Square + sums.Hum), LeastMPerKm * LeastMPerKm));
}
