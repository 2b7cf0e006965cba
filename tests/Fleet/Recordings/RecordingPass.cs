using ThreeOneOne.Field.Fleet.Vehicles;

namespace ThreeOneOne.Field.Fleet.Recordings;

/// <summary>One pass of a recording: where in time it begins, and how fast it is played.</summary>
public readonly record struct RecordingPass(DateTimeOffset Start, double Pace)
{
    /// <summary>
    /// A pass that never lies in the future, though its time runs faster than the clock on the wall: where too little time
    /// has passed since its start it is played slower.
    /// </summary>
    /// <param name="wanted">Where it shall begin; not after the present.</param>
    /// <param name="length">How much time the recording covers.</param>
    /// <param name="speed">Recorded seconds in one second, at the most.</param>
    /// <param name="now">The present.</param>
    public static RecordingPass At(DateTimeOffset wanted, TimeSpan length, double speed, DateTimeOffset now)
    {
        var latest = now - SimulationClock.Behind;
        var start = wanted < latest ? wanted : latest;
        // At pace p it ends after length / p; by then no more than latest + length / p has passed.
        var lead = length - (latest - start);
        return new RecordingPass(start, lead <= TimeSpan.Zero ? speed : Math.Min(speed, length / lead));
    }

    /// <summary>Wall time that the pass takes.</summary>
    public TimeSpan Plays(TimeSpan length) => length / Pace;
}
