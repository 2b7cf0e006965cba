namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>What a fit of the light along a pass allows for. Chosen on simulated nights (seeds 1 and 2).</summary>
internal sealed record LampFitOptions
{
    /// <summary>Of the sensor and of all small lights, lux.</summary>
    public double NoiseLux { get; init; } = 0.15;

    /// <summary>How far a luminaire's throw may differ from the model's, share of what was read.</summary>
    public double ShapeShare { get; init; } = 0.15;

    /// <summary>How far a lamp may hang from where the inventory has its pole, one sigma each way, metres.</summary>
    public double PoleErrorM { get; init; } = 2;

    /// <summary>Neighbours within this are laid where they explain most, metres.</summary>
    public double NeighbourM { get; init; } = 35;

    /// <summary>Length over which the floor runs straight, metres.</summary>
    public double FloorStepM { get; init; } = 30;

    /// <summary>Light beyond what all lamps explain counts squared up to this many sigma and no more than straight beyond.</summary>
    public double Surprise { get; init; } = 1;

    /// <summary>Share of the points that err independently of each other.</summary>
    public double Thinning { get; init; } = 0.35;

    /// <summary>A lamp plainly burns when the light without it is so much less likely; natural logarithm.</summary>
    public double Plain { get; init; } = 25;

    /// <summary>A place of the lamp that is so much less likely than the likeliest is left out; natural logarithm.</summary>
    public double Negligible { get; init; } = 7;

    /// <summary>Half of the stretch that is fitted, metres.</summary>
    public double HalfM { get; init; } = 30;

    /// <summary>Distance between points of it, metres.</summary>
    public double StepM { get; init; } = 1.5;
}
