using ThreeOneOne.Field.Fleet.Recordings;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>Where in time the passes of a recording are put: one behind the other, and none in the future.</summary>
public sealed class PassPlan(VehicleRole role, DemoClocks clocks, double speed, TimeProvider time)
{
    /// <summary>How much time the recording covers.</summary>
    public TimeSpan Length { get; } = AgentSources.Length(role);

    /// <summary>The next pass, behind the one that ended; the first one when none has.</summary>
    public RecordingPass Next(DateTimeOffset? ended)
    {
        var now = time.GetUtcNow();
        var pass = RecordingPass.At(Wanted(ended, now), Length, speed, now);
        // Full seconds, as settings are written.
        return pass with { Start = new DateTimeOffset(pass.Start.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero) };
    }

    private DateTimeOffset Wanted(DateTimeOffset? ended, DateTimeOffset now)
    {
        // What cutting to full seconds takes away must not lie before the end.
        var after = ended + TimeSpan.FromSeconds(2);
        // The lux log is of a night, and stays in the nights while there are some.
        if (role == VehicleRole.LuxDrive) return clocks.DarkFrom(after > clocks.Night.Now ? after.Value : clocks.Night.Now, Length);
        return after ?? now - clocks.Driven - Length;
    }
}
