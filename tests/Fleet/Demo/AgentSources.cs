using ThreeOneOne.Field.Fleet.Recordings;
using ThreeOneOne.Field.Fleet.Vehicles;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>The source sections of an agent's settings.</summary>
public static class AgentSources
{
    private const string Reno = "reno-tahoe-2005.nmea.gz";

    // From the first fix to the last; a test reads them in the files.
    private static readonly TimeSpan RenoLength = new(3, 3, 58);
    private static readonly TimeSpan LuxLength = new(0, 45, 29);

    public static Dictionary<string, object> Fed(TcpFeed feed) => new()
    {
        ["Position"] = new { Source = feed.PositionAddress, Replay = true },
        ["Motion"] = new { Source = feed.MotionAddress },
        ["Light"] = new { Source = feed.LightAddress },
    };

    public static Dictionary<string, object> Played(VehicleRole role, RecordingPass pass)
    {
        var sources = new Dictionary<string, object>
        {
            ["Position"] = new { Source = Recording(role == VehicleRole.LuxDrive ? RebuildLuxDrive.Nmea : Reno), Pace = Math.Round(pass.Pace, 3), RebaseTo = DemoFolder.Stamp(pass.Start) },
        };
        if (role == VehicleRole.LuxDrive) sources["Light"] = new { Source = Recording(RebuildLuxDrive.Lux) };
        return sources;
    }

    /// <summary>How much time a role's recording covers.</summary>
    public static TimeSpan Length(VehicleRole role) => role == VehicleRole.LuxDrive ? LuxLength : RenoLength;

    private static string Recording(string name) => "file:" + Path.Combine(AppContext.BaseDirectory, "Recordings", name);
}
