using System.Numerics;
using ThreeOneOne.Field.Evaluation.Data;
using ThreeOneOne.Field.Fleet.Bodies;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Evaluation.Road.Simulated;

/// <summary>
/// Clips of simulated vehicles over simulated lanes, in the form of the recordings: turned to gravity, 50 Hz. Each vehicle
/// drives a lane of its own for each clip, at a speed that says nothing of what it meets.
/// </summary>
internal static class SimulatedClips
{
    private const double WarmSeconds = 3;
    private const double BaseM = 20;

    private static readonly RoadLabel[] Labels = Enum.GetValues<RoadLabel>();

    /// <param name="set">Whose stripes of all parameters.</param>
    /// <param name="seed">Of all chance.</param>
    /// <param name="vehicles">How many vehicles.</param>
    /// <param name="rounds">How many clips of each label each vehicle gives.</param>
    public static List<RoadClip> Make(ParameterSet set, int seed, int vehicles, int rounds)
    {
        List<RoadClip> clips = [];
        for (var v = 0; v < vehicles; v++)
        {
            var draw = new ParameterDraw(new Random(RoadSurface.HashCode(seed, v, 71 + (int)set)), set);
            var (body, mount) = (VehicleBody.Any(draw), SensorMount.Any(draw));
            for (var round = 0; round < rounds; round++)
            {
                foreach (var label in Labels) clips.Add(Clip($"{set}-{v}", round, label, body, mount, draw));
            }
        }

        return clips;
    }

    private static RoadClip Clip(string vehicle, int round, RoadLabel label, VehicleBody body, SensorMount mount, ParameterDraw draw)
    {
        var (seconds, speed) = (draw.Between(1.8, 4), draw.Scale(2, 14));
        var at = draw.Between(0.3, seconds - 1);
        var motion = HandlingDraw.Calm(draw);
        if (label == RoadLabel.Handling) (motion, speed) = Handled(draw, speed, WarmSeconds + at);
        var eventM = BaseM + speed * (WarmSeconds + at);
        var lengthM = BaseM + speed * (WarmSeconds + seconds) + 20;
        // Whole roads are good or worn; where they break up is a kind of its own.
        var roughness = label == RoadLabel.Rough && draw.Happens(0.5) ? draw.Scale(1200e-6, 8000e-6) : draw.Scale(30e-6, 700e-6);
        var lane = new SyntheticLane(new RoadProfile(lengthM, roughness, draw.Random), Pieces(label, eventM, speed, new PieceDraw(draw, body.TrackM / 2), draw), body, 0.1 * draw.Normal());
        var ride = new SensedRide(body, mount, draw.Random);
        var samples = new (float X, float Y, float Z)[(int)((WarmSeconds + seconds) * mount.RateHz)];
        var (front, now) = (BaseM, speed);
        for (var i = 0; i < samples.Length; i++)
        {
            var moves = motion((double)i / mount.RateHz);
            var moved = now / mount.RateHz;
            samples[i] = ride.Sample(lane, front, moved, moves.ForwardMps2, moves.LeftMps2, now, moves.Shaken);
            front += moved;
            now = Math.Clamp(now + moves.ForwardMps2 / mount.RateHz, 0, 30);
        }

        var (x, y, z) = Upright(samples, mount.RateHz);
        var from = (int)(WarmSeconds * RoadshockClips.RateHz);
        return new RoadClip($"{vehicle}-{label}-{round}", vehicle, label, speed, RoadshockClips.RateHz, x[from..], y[from..], z[from..]);
    }

    private static (Func<double, SceneMotion>, double SpeedMps) Handled(ParameterDraw draw, double speed, double at) => draw.Random.NextDouble() switch
    {
        < 0.5 => (HandlingDraw.Hard(draw, at), Math.Max(4, speed)),
        < 0.7 => (HandlingDraw.Slam(draw, at), 0),
        < 0.8 => (HandlingDraw.Engine(draw, at), 0),
        // Onto the kerb.
        _ => (HandlingDraw.Calm(draw), draw.Between(0.8, 3)),
    };

    private static List<RoadPiece> Pieces(RoadLabel label, double eventM, double speed, PieceDraw pieces, ParameterDraw draw)
    {
        List<RoadPiece> lie = [];
        // Ordinary streets have patches and frames too.
        if (draw.Happens(0.3)) lie.Add(pieces.FlushCasting(eventM + draw.Between(-8, 8)));
        if (draw.Happens(0.4)) lie.Add(pieces.Patch(eventM + draw.Between(-8, 8)));
        switch (label)
        {
            case RoadLabel.Pothole: lie.AddRange(pieces.Pothole(eventM)); break;
            case RoadLabel.Hump: lie.Add(pieces.Hump(eventM)); break;
            case RoadLabel.MetalBump: lie.AddRange(pieces.MetalBumps(eventM)); break;
            case RoadLabel.Casting: lie.Add(pieces.Casting(eventM)); break;
            case RoadLabel.Joint when draw.Happens(0.4): lie.AddRange(pieces.Rails(eventM)); break;
            case RoadLabel.Joint: lie.Add(pieces.Joint(eventM)); break;
            case RoadLabel.Rough when draw.Happens(0.7): lie.Add(pieces.Gravel(eventM - 4, draw.Between(5, 60))); break;
            case RoadLabel.Handling when speed is > 0 and < 3.01:
                lie.Add(new RoadPiece(PieceKind.Patch, eventM, 6, draw.Between(0.06, 0.14), draw.Sign() * 1.6, 2.2) { Edge = draw.Between(0.01, 0.04) });
                break;
        }

        return lie;
    }

    // Brought to 50 Hz by averaging, with the mean of all turned to z, as a vehicle learns it while it drives.
    private static (float[] X, float[] Y, float[] Z) Upright(ReadOnlySpan<(float X, float Y, float Z)> samples, int rateHz)
    {
        var mean = Vector3.Zero;
        foreach (var (x, y, z) in samples) mean += new Vector3(x, y, z);
        var up = Vector3.Normalize(mean);
        var ahead = Vector3.Normalize(Vector3.Cross(Math.Abs(up.Y) < 0.9f ? Vector3.UnitY : Vector3.UnitX, up));
        var left = Vector3.Cross(up, ahead);
        var of = rateHz / (int)RoadshockClips.RateHz;
        var turned = (X: new float[samples.Length / of], Y: new float[samples.Length / of], Z: new float[samples.Length / of]);
        for (var i = 0; i < turned.X.Length; i++)
        {
            var sum = Vector3.Zero;
            for (var k = 0; k < of; k++) sum += new Vector3(samples[i * of + k].X, samples[i * of + k].Y, samples[i * of + k].Z);
            sum /= of;
            (turned.X[i], turned.Y[i], turned.Z[i]) = (Vector3.Dot(sum, ahead), Vector3.Dot(sum, left), Vector3.Dot(sum, up));
        }

        return turned;
    }
}
