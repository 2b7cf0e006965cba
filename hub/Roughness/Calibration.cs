namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>
/// Calibrates vehicles by the streets that they share, without a profiler. The power that a vehicle feels on a piece is the square
/// of the piece's roughness times the vehicle's response, which changes somewhat with speed, and on top of it what the vehicle shakes by itself, which
/// does so too. Weighted least squares over all of it, robust against single pieces. Shared streets tell all of it but two numbers
/// of each connected part: the scale, and how much of the shaking that all feel on the smoothest street is the street. They are from profiled
/// pieces, or else from what is known beforehand of vehicles and of streets (<see cref="Priors"/>), and the standard errors say how good either is. A pure
/// function: sums run in one order, so equal sets give equal bits.
/// </summary>
public static class Calibration
{
    private const double LeastPasses = 0.6;
    private const double Huber = 2;
    private const int RobustRounds = 5, MostSweeps = 300;
    private const double Still = 1e-4;

    // What is felt is never less: below it is a sensor's own noise, (m/km)².
    private const double LeastPower = 0.05;

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

        model.Draw();
        return CalibrationErrors.Result(model);
    }

    /// <summary>All that was felt, the vehicle's own shaking included, (m/km)².</summary>
    internal static double Power(PieceSums sums) => Math.Max(sums.Square + sums.Hum, LeastPower);
}
