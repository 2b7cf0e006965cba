using ThreeOneOne.Field.Fleet.Recordings;
using ThreeOneOne.Field.Fleet.Vehicles;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>The source sections of an agent's settings.</summary>
internal static class AgentSources
{
    private const string Reno = "reno-tahoe-2005.nmea.gz";

    public static Dictionary<string, object> Fed(TcpFeed feed) => new()
    {
        ["Position"] = new { Source = feed.PositionAddress, Replay = true },
        ["Motion"] = new { Source = feed.MotionAddress },
        ["Light"] = new { Source = feed.LightAddress },
    };

    public static Dictionary<string, object> LuxDrive(DateTimeOffset start, double pace) => new()
    {
        ["Position"] = new { Source = Recording(RebuildLuxDrive.Nmea), Pace = pace, RebaseTo = DemoFolder.Stamp(start) },
        ["Light"] = new { Source = Recording(RebuildLuxDrive.Lux) },
    };

    public static Dictionary<string, object> NmeaDrive(DateTimeOffset start, double pace) => new()
    {
        // Three hours and a quarter: what is played must lie in the past to its end.
        ["Position"] = new { Source = Recording(Reno), Pace = pace, RebaseTo = DemoFolder.Stamp(start - TimeSpan.FromHours(1)) },
    };

    private static string Recording(string name) => "file:" + Path.Combine(AppContext.BaseDirectory, "Recordings", name);
}
