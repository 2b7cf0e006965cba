namespace ThreeOneOne.Field.Fleet.Bodies;

/// <summary>What shakes a sensor and is nothing of the road. Times are seconds of the scene.</summary>
public static class HandlingDraw
{
    /// <summary>Ordinary driving: pedals and steering move a little.</summary>
    public static Func<double, SceneMotion> Calm(ParameterDraw draw)
    {
        var (pedal, wheel) = (draw.Between(0.1, 0.9), draw.Between(0.1, 0.9));
        var (slow, fast) = (draw.Scale(0.08, 0.7), draw.Scale(0.08, 0.7));
        var (a, b) = (draw.Between(0, Math.Tau), draw.Between(0, Math.Tau));
        return t => new SceneMotion(pedal * Math.Sin(Math.Tau * slow * t + a), wheel * Math.Sin(Math.Tau * fast * t + b), default);
    }

    /// <summary>Braked, sped up or turned hard at the given time.</summary>
    public static Func<double, SceneMotion> Hard(ParameterDraw draw, double at)
    {
        var (strength, rise, holds) = (draw.Between(2.5, 7), draw.Scale(0.15, 0.7), draw.Between(0.5, 2.5));
        var kind = draw.Random.Next(4);
        var (sign, waves) = (draw.Sign(), draw.Between(0.3, 0.8));
        return t =>
        {
            var push = strength * Ramp(t - at, rise) * (1 - Ramp(t - at - holds, rise * 0.7));
            return kind switch
            {
                0 => new SceneMotion(-push, 0, default),
                1 => new SceneMotion(0.6 * push, 0, default),
                2 => new SceneMotion(0, 0.8 * sign * push, default),
                // A change of lane: one way, then the other.
                _ => new SceneMotion(0, 0.8 * sign * push * Math.Sin(Math.Tau * waves * (t - at)), default),
            };
        };
    }

    /// <summary>Doors or a load slammed while it stands.</summary>
    public static Func<double, SceneMotion> Slam(ParameterDraw draw, double at)
    {
        var (hz, strength, fades) = (draw.Scale(7, 28), draw.Scale(0.6, 6), draw.Scale(0.03, 0.15));
        var (x, y, z) = (draw.Between(-1, 1), draw.Between(-1, 1), draw.Between(-1, 1));
        var again = draw.Happens(0.4) ? at + draw.Between(0.3, 1.2) : double.MaxValue;
        return t =>
        {
            var ring = Ring(t - at) + 0.7 * Ring(t - again);
            return new SceneMotion(0, 0, (ring * x, ring * y, ring * z));
        };

        double Ring(double t) => t < 0 ? 0 : strength * Math.Exp(-t / fades) * Math.Sin(Math.Tau * hz * t);
    }

    /// <summary>The engine of a parked vehicle, started or raced.</summary>
    public static Func<double, SceneMotion> Engine(ParameterDraw draw, double at)
    {
        var (hz, strength, start) = (draw.Scale(8, 24), draw.Scale(0.15, 1.5), draw.Between(0.5, 3));
        return t =>
        {
            var shakes = strength * Math.Sin(Math.Tau * hz * t) * (1 + (t > at && t < at + 0.8 ? start : 0));
            return new SceneMotion(0, 0, (0.3 * shakes, 0.6 * shakes, shakes));
        };
    }

    private static double Ramp(double t, double rise) => Math.Clamp(t / rise, 0, 1);
}
