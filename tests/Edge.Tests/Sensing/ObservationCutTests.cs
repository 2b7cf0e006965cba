using System.Globalization;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Positioning.Matching;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Sensing;

public sealed class ObservationCutTests : IDisposable
{
    private static readonly GeoPoint Origin = new(42.37, -71.1);
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(file);

    [Fact]
    public void A_calendar_that_steps_back_holds_up_nothing()
    {
        var cut = new ObservationCut(VehicleKind.SensorOnly, Street(), new DeviceClock(TimeProvider.System));
        // One fix alone: it is not decided yet which way the street is driven.
        cut.Take(Fix(Start, 100));
        cut.Take(Shock(Start, 100));
        Assert.False(cut.TryTake(out _));

        cut.Take(Fix(Start.AddHours(-1), 110));
        cut.Take(Shock(Start.AddHours(-1), 110));
        for (var i = 1; i <= 10; i++) cut.Take(Fix(Start.AddHours(-1).AddSeconds(i), 110 + 10 * i));
        Assert.True(cut.TryTake(out var first));
        Assert.Equal((Start, "Main"), (first.Stamp.FixTime, first.Shock!.Segment));
        Assert.True(cut.TryTake(out var second));
        Assert.Equal((Start.AddHours(-1), "Main"), (second.Stamp.FixTime, second.Shock!.Segment));
        Assert.False(cut.TryTake(out _));
    }

    private static Fix Fix(DateTimeOffset time, double eastM) => new()
    {
        FixTime = time, DeviceTime = time, MonotonicMs = 0, At = Origin.MovedByM(eastM, 0), SpeedMps = 0, Hdop = 1,
    };

    private static Conclusion Shock(DateTimeOffset time, double eastM) => new(new Place(time, Origin.MovedByM(eastM, 0), 10, 90, 1, false), time, 0)
    {
        Shock = new ShockObservation { At = Origin.MovedByM(eastM, 0), Kind = ShockKind.Pothole },
    };

    private StreetNet Street()
    {
        var end = Origin.MovedByM(500, 0);
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture,
            $"{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"properties\":{{\"ID\":\"Main\"}},\"geometry\":{{\"type\":\"LineString\",\"coordinates\":[[{Origin.Longitude},{Origin.Latitude}],[{end.Longitude:F8},{end.Latitude:F8}]]}}}}]}}"));
        return StreetNet.Load(file);
    }
}
