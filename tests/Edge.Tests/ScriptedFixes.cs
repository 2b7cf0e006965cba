using System.Threading.Channels;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests;

/// <summary>A receiver that gives what the test says.</summary>
internal sealed class ScriptedFixes : IFixSource
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 13, 0, 0, TimeSpan.Zero);
    private readonly Channel<Fix> fixes = Channel.CreateUnbounded<Fix>();
    private readonly DeviceClock clock = new(TimeProvider.System);
    private int seconds;

    public SourceHealth Health => new(SourceState.Ok);

    public static Fix At(double lat, double lon, double atSecond, DeviceClock clock, double speedMps = 5) => new()
    {
        FixTime = Start.AddSeconds(atSecond),
        DeviceTime = clock.Now,
        MonotonicMs = clock.MonotonicMs,
        At = new GeoPoint(lat, lon),
        SpeedMps = speedMps,
        CourseDeg = 90,
        Hdop = 1.2,
    };

    public Fix Give(double lat, double lon, double speedMps = 5)
    {
        var fix = At(lat, lon, seconds++, clock, speedMps);
        fixes.Writer.TryWrite(fix);
        return fix;
    }

    public IAsyncEnumerable<Fix> ReadAsync(CancellationToken stop) => fixes.Reader.ReadAllAsync(stop);
}
