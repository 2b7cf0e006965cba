using ThreeOneOne.Field.Fleet.Bodies;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;

namespace ThreeOneOne.Field.Fleet.Road;

/// <summary>
/// What an accelerometer in a vehicle on the city's streets feels: its body over its wheel paths, and the faults of its
/// mounting. An upright sensor's frame: x ahead, y left, z up with gravity.
/// </summary>
public sealed class Ride : IWheelPaths
{
    private readonly RoadSurface _road;
    private readonly VehicleBody _body;
    private readonly SensedRide _sensed;
    private readonly double _halfTrackM;
    private Lane? _last;
    private Lane? _lane;
    private double _wanderM;
    private DateTimeOffset _now;
    private (StreetEdge Edge, RoadPiece Piece)? _own;

    /// <param name="road">The city's.</param>
    /// <param name="random">Of all noise.</param>
    /// <param name="body">The vehicle; the demo's when not given.</param>
    /// <param name="mount">Its sensor; the demo's when not given.</param>
    public Ride(RoadSurface road, Random random, VehicleBody? body = null, SensorMount? mount = null)
    {
        (_road, _body, Mount) = (road, body ?? VehicleBody.Standard, mount ?? SensorMount.Standard);
        _halfTrackM = _body.TrackM / 2;
        _sensed = new SensedRide(_body, Mount, random);
    }

    private sealed record Lane(StreetEdge Edge, RoadProfile Profile, IReadOnlyList<RoadPiece> Pieces);

    public SensorMount Mount { get; }

    /// <summary>Samples in a driver's step.</summary>
    public int SamplesPerStep => (int)Math.Round(Mount.RateHz * Driver.StepSeconds);

    /// <summary>Puts something under this vehicle's wheels alone, as the kerb that it climbs.</summary>
    public void Meet(StreetEdge edge, RoadPiece piece) => _own = (edge, piece);

    /// <summary>Fills the samples of the step that a driver has just made.</summary>
    /// <param name="driver">The driver after its step.</param>
    /// <param name="fromM">Where on its edge the step began (negative: still on the edge before).</param>
    /// <param name="now">World time, for holes that were filled.</param>
    /// <param name="samples">Receives <see cref="SamplesPerStep"/> samples.</param>
    /// <param name="shaken">What else shakes the body, by seconds since the step began; null: nothing.</param>
    public void Step(
        Driver driver, double fromM, DateTimeOffset now, Span<(float X, float Y, float Z)> samples, Func<double, (double X, double Y, double Z)>? shaken = null)
    {
        if (!ReferenceEquals(driver.Edge, _lane?.Edge))
        {
            (_last, _lane) = (_lane, new Lane(driver.Edge, _road.Profile(driver.Edge), _road.Pieces(driver.Edge)));
        }

        (_wanderM, _now) = (driver.WanderM, now);
        var metres = (driver.AlongM - fromM) / samples.Length;
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = _sensed.Sample(this, fromM + metres * i, metres, driver.ForwardMps2, driver.LeftMps2, driver.SpeedMps,
                shaken?.Invoke(Driver.StepSeconds * i / samples.Length) ?? default);
        }
    }

    /// <inheritdoc/>
    public double Height(double alongM, bool right)
    {
        var lane = _lane!;
        if (alongM < 0)
        {
            if (_last is null) return 0;
            lane = _last;
            alongM += lane.Edge.LengthM;
        }

        var height = right ? lane.Profile.Right(alongM) : lane.Profile.Left(alongM);
        var wheel = _wanderM + (right ? _halfTrackM : -_halfTrackM);
        var pieces = lane.Pieces;
        for (var i = 0; i < pieces.Count; i++) height += Over(pieces[i], alongM, wheel);
        if (_own is { } own && ReferenceEquals(own.Edge, lane.Edge)) height += Over(own.Piece, alongM, wheel);
        return height;
    }

    private double Over(RoadPiece piece, double alongM, double wheel)
    {
        if (alongM < piece.AlongM - 0.3 || alongM > piece.AlongM + piece.LengthM + 0.3 || !piece.Takes(wheel)) return 0;
        if (piece.GoneAt is { } gone && _now >= gone) return 0;
        // The tyre's patch bridges sharp edges.
        return (piece.HeightAt(alongM - _body.PatchM) + piece.HeightAt(alongM) + piece.HeightAt(alongM + _body.PatchM)) / 3;
    }
}
