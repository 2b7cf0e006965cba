using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;

namespace ThreeOneOne.Field.Fleet.Road;

/// <summary>
/// What an accelerometer on the dashboard feels: four corners over their wheel paths, the front and the near side most,
/// and the noise of engine, tyres and sensor. Vehicle frame: x ahead, y left, z up with gravity.
/// </summary>
public sealed class Ride(RoadSurface road, Random random)
{
    /// <summary>Samples in a driver's step (100 Hz).</summary>
    public const int SamplesPerStep = 10;

    private const double WheelbaseM = 2.9;
    private const double HalfTrackM = 0.78;
    private const double FrontShare = 0.72;
    private const double RightShare = 0.6;
    private const double Gravity = 9.81;

    private static readonly double SampleSeconds = Driver.StepSeconds / SamplesPerStep;

    private readonly QuarterCar[] _corners = [new(), new(), new(), new()];
    private Lane? _last;
    private Lane? _lane;
    private double _engine;

    private sealed record Lane(StreetEdge Edge, RoadProfile Profile, IReadOnlyList<RoadPiece> Pieces);

    /// <summary>Fills the samples of the step that a driver has just made.</summary>
    /// <param name="driver">The driver after its step.</param>
    /// <param name="fromM">Where on its edge the step began (negative: still on the edge before).</param>
    /// <param name="now">World time, for holes that were filled.</param>
    /// <param name="samples">Receives <see cref="SamplesPerStep"/> samples.</param>
    public void Step(Driver driver, double fromM, DateTimeOffset now, Span<(float X, float Y, float Z)> samples)
    {
        if (!ReferenceEquals(driver.Edge, _lane?.Edge))
            (_last, _lane) = (_lane, new Lane(driver.Edge, road.Profile(driver.Edge), road.Pieces(driver.Edge)));
        const int Substeps = 2;
        var metres = driver.AlongM - fromM;
        for (var i = 0; i < SamplesPerStep; i++)
        {
            var z = 0.0;
            for (var k = 0; k < Substeps; k++)
            {
                var along = fromM + metres * (i * Substeps + k + 1) / (SamplesPerStep * Substeps);
                z = Corners(along, driver.WanderM, now);
            }

            _engine += Math.Tau * SampleSeconds * (11 + driver.SpeedMps);
            var noise = 0.05 + 0.011 * driver.SpeedMps;
            samples[i] = (
                (float)(driver.ForwardMps2 + noise * Gaussian.Next(random)),
                (float)(driver.LeftMps2 + noise * Gaussian.Next(random)),
                (float)(Gravity + z + 0.05 * Math.Sin(_engine) + noise * Gaussian.Next(random)));
        }
    }

    private double Corners(double frontM, double wanderM, DateTimeOffset now)
    {
        var z = 0.0;
        for (var corner = 0; corner < 4; corner++)
        {
            var rear = corner >= 2;
            var right = corner % 2 == 1;
            var car = _corners[corner];
            car.Step(Height(rear ? frontM - WheelbaseM : frontM, right, wanderM, now));
            z += car.BodyMps2 * (rear ? 1 - FrontShare : FrontShare) * (right ? RightShare : 1 - RightShare);
        }

        return z;
    }

    private double Height(double along, bool right, double wanderM, DateTimeOffset now)
    {
        var lane = _lane!;
        if (along < 0)
        {
            if (_last is null) return 0;
            lane = _last;
            along += lane.Edge.LengthM;
        }

        var height = right ? lane.Profile.Right(along) : lane.Profile.Left(along);
        var wheel = wanderM + (right ? HalfTrackM : -HalfTrackM);
        var pieces = lane.Pieces;
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            if (along < piece.AlongM - 0.3 || along > piece.AlongM + piece.LengthM + 0.3 || !piece.Takes(wheel)) continue;
            if (piece.GoneAt is { } gone && now >= gone) continue;
            // The tyre's patch bridges sharp edges.
            height += (piece.HeightAt(along - 0.09) + piece.HeightAt(along) + piece.HeightAt(along + 0.09)) / 3;
        }

        return height;
    }
}
