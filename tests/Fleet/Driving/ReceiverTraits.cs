namespace ThreeOneOne.Field.Fleet.Driving;

/// <summary>How one receiver errs. The defaults are a good receiver well mounted.</summary>
public sealed record ReceiverTraits
{
    /// <summary>The defaults.</summary>
    public static readonly ReceiverTraits Usual = new();

    /// <summary>Fixes a second: 1, 2, 5 or 10.</summary>
    public int RateHz { get; init; } = 1;

    /// <summary>The place, speed and course in a fix are older than its time says, seconds, at most <see cref="GpsReceiver.MostAgeSeconds"/>: the receiver's filter.</summary>
    public double AgeSeconds { get; init; } = 0.2;

    /// <summary>The speed and course in a fix are so much older than its time says, seconds; null: as old as its place. A receiver that measures speed by itself tells it fresher.</summary>
    public double? SpeedAgeSeconds { get; init; }

    /// <summary>A sentence has been read so long after the time in it, seconds: the receiver computes, and the line is slow.</summary>
    public double DelaySeconds { get; init; } = 0.2;

    /// <summary>Neither a pulse nor a time server sets the vehicle's clock but its sentences: all that it stamps is <see cref="DelaySeconds"/> early.</summary>
    public bool SetsClock { get; init; }

    /// <summary>One sigma of the wandering error (satellite geometry, reflections) each way, metres.</summary>
    public double WanderM { get; init; } = 1.7;

    /// <summary>Time in which the wandering error is forgotten, seconds.</summary>
    public double WanderSeconds { get; init; } = 40;

    /// <summary>One sigma of the error that is new in each fix, each way, metres.</summary>
    public double WhiteM { get; init; } = 0.25;

    /// <summary>One sigma of the speed over ground, each way, m/s; six times as much between tall buildings.</summary>
    public double VelocityMps { get; init; } = 0.05;

    /// <summary>A receiver of unknown make: its age and its delay lie between 0 and 1 s, each by itself, at 1 or 10 Hz.</summary>
    public static ReceiverTraits Draw(Random random) => new()
    {
        RateHz = random.NextDouble() < 0.5 ? 1 : 10,
        AgeSeconds = random.NextDouble(),
        DelaySeconds = random.NextDouble(),
        SetsClock = true,
        VelocityMps = 0.03 + 0.07 * random.NextDouble(),
    };
}
