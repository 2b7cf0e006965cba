namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>One drive past one pole: found, closest approach, and what was seen there.</summary>
internal sealed class LampPass(Pole pole)
{
    public Pole Pole { get; } = pole;

    /// <summary>Smallest horizontal distance so far, metres.</summary>
    public double DistanceM { get; private set; } = double.MaxValue;

    /// <summary>Where on the <see cref="LightTrack"/> that was.</summary>
    public double AtM { get; private set; }

    /// <summary>The reading nearest to the pole: the observation carries its times.</summary>
    public LightReading Closest { get; private set; }

    /// <summary>What the light showed, measured once the window has been driven through.</summary>
    public LampSight? Sight { get; set; }

    /// <summary>How well each share of its usual light explains what was seen; null until that is known, or where nothing can be measured.</summary>
    public double[]? Logs { get; set; }

    /// <summary>The observation was made; the pass is kept until the pole is far behind, so that it is made once.</summary>
    public bool Concluded { get; set; }

    public void Approach(double distanceM, double atM, in LightReading reading)
    {
        if (distanceM >= DistanceM || Sight is not null) return;
        DistanceM = distanceM;
        AtM = atM;
        Closest = reading;
    }
}
