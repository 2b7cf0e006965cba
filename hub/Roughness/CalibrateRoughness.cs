using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>Calibrates vehicles and streets from the months that count, behind everybody else, and lets go of older ones.</summary>
public sealed class CalibrateRoughness(
    Database database, PieceMap pieces, RoughnessOptions options, ProfiledRoads profiled, TimeProvider time, ILogger<CalibrateRoughness> log) : BackgroundService
{
    private const int AtOnce = 500;
    private const int SweepsBetween = 50;
    private static readonly TimeSpan First = TimeSpan.FromMinutes(10);

    public async Task<CalibrationResult> RunAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var from = VehiclePiece.MonthOf(now) - options.Months + 1;
        var sums = await database.ReadAsync(c => RoughnessStore.Sums(c, from), cancel).ConfigureAwait(false);
        var felt = sums
            .Where(s => s.Month <= VehiclePiece.MonthOf(now) && pieces.Segment(s.Piece) is { } segment && s.Piece.Index < pieces.Count(segment))
            .Select(s => new VehiclePiece(s.Piece, s.Vehicle, s.Month, pieces.LengthM(pieces.Segment(s.Piece)!), s.Sums));
        var result = Calibration.Fit(felt, profiled.Pieces, options, (sweep, change) =>
        {
            if (sweep % SweepsBetween == 0) log.Sweeping(sweep, change);
        }, cancel);
        await SaveAsync(result, now.ToUnixTimeMilliseconds(), from, cancel).ConfigureAwait(false);
        log.Calibrated(result.Pieces.Count, result.Vehicles.Count, result.Vehicles.Count(v => v.Scale != RoughnessScale.None), result.Scatter);
        return result;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever hinders it now, the next time is the same work.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A hub that is restarted every night would else never come to it.
        using var timer = new PeriodicTimer(options.Every < First ? options.Every : First, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            timer.Period = options.Every;
            try
            {
                await RunAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.NotCalibrated(e, options.Every);
            }
        }
    }

    private async Task SaveAsync(CalibrationResult result, long run, int from, CancellationToken cancel)
    {
        var (piece, vehicle) = (0, 0);
        await database.WriteInSlicesAsync(scope =>
        {
            while (piece < result.Pieces.Count && !scope.MustYield) RoughnessStore.Save(scope, result.Pieces[piece++], run);
            while (vehicle < result.Vehicles.Count && !scope.MustYield) RoughnessStore.Save(scope, result.Vehicles[vehicle++], run);
            if (piece < result.Pieces.Count || vehicle < result.Vehicles.Count) return true;
            RoughnessStore.RemoveOthers(scope, run);
            return false;
        }, cancel).ConfigureAwait(false);
        await database.WriteInSlicesAsync(scope =>
        {
            int removed;
            do removed = RoughnessStore.RemoveBefore(scope, from, AtOnce);
            while (removed == AtOnce && !scope.MustYield);
            return removed == AtOnce;
        }, cancel).ConfigureAwait(false);
    }
}
