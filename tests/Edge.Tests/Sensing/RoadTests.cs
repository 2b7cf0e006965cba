using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Sensing;

public sealed class RoadTests
{
    private const double ObstacleM = 200;

    private static Drive Over(Func<double, double> obstacle, double speedMps, bool bothTracks = false) =>
        new() { SpeedMps = speedMps, LengthM = 400, Vertical = QuarterCar.Drive(speedMps, 400, obstacle, 3, bothTracks: bothTracks) };

    private static ShockObservation[] Shocks(IEnumerable<Observation> observations) =>
        [.. observations.Where(o => o.Shock is not null).Select(o => o.Shock!)];

    [Theory]
    [InlineData(0.5, 0.05, 7)]
    [InlineData(0.6, 0.06, 9)]
    [InlineData(0.8, 0.07, 11)]
    [InlineData(1.0, 0.06, 13)]
    public async Task A_pothole_is_one_shock_of_its_kind_at_its_place(double lengthM, double depthM, double speedMps)
    {
        var seen = await Over(QuarterCar.Hole(ObstacleM, lengthM, depthM), speedMps).SenseAsync();

        var shock = Assert.Single(Shocks(seen));
        Assert.True(shock.Kind == ShockKind.Pothole, $"{shock.Kind}: {string.Join(" ", shock.Chances!)}");
        Assert.InRange(shock.At.DistanceMTo(Drive.At(ObstacleM)), 0, 4);
        Assert.True(shock.Trace!.Length <= 64);
        Assert.Contains((int)Math.Round(shock.PeakMps2 * 100), shock.Trace.Select(Math.Abs));
        var stamp = seen.Single(o => o.Shock is not null).Stamp;
        Assert.Equal(ObstacleM / speedMps, (stamp.FixTime!.Value - Drive.Night).TotalSeconds, 0.6);
        Assert.Equal(ObstacleM / speedMps, (stamp.DeviceTime - Drive.Wall).TotalSeconds, 1.0);
    }

    [Theory]
    // Round a corner; through north; a street's bend; the noise of a slow receiver's course.
    [InlineData(0, 90, 0)]
    [InlineData(320, 70, 0)]
    [InlineData(340, 25, 1)]
    [InlineData(0, -15, 1)]
    public async Task What_is_felt_round_a_corner_is_told_nobody_and_is_no_smooth_pass(double fromDeg, double turnDeg, int told)
    {
        var drive = new Drive
        {
            SpeedMps = 7, LengthM = 400, Vertical = QuarterCar.Drive(7, 400, QuarterCar.Hole(ObstacleM, 0.6, 0.06), 3),
            CourseDeg = along => (fromDeg + turnDeg * Math.Clamp((along - ObstacleM + 7) / 14, 0, 1) + 360) % 360,
        };
        var seen = await drive.SenseAsync();

        Assert.Equal(told, Shocks(seen).Length);
        Assert.Contains(seen, o => o.Roughness is { Shocks: > 0 });
    }

    [Theory]
    [InlineData(3.7, 0.09, 6)]
    [InlineData(3.7, 0.08, 8)]
    [InlineData(4.2, 0.10, 7)]
    public async Task A_hump_is_no_pothole(double lengthM, double heightM, double speedMps)
    {
        var shock = Assert.Single(Shocks(await Over(QuarterCar.Hump(ObstacleM, lengthM, heightM), speedMps, bothTracks: true).SenseAsync()));

        Assert.Equal(ShockKind.Hump, shock.Kind);
    }

    [Theory]
    [InlineData(0.012)]
    [InlineData(-0.015)]
    public async Task A_casting_is_no_pothole(double heightM)
    {
        var shocks = Shocks(await Over(QuarterCar.Hole(ObstacleM, 0.6, -heightM), 10).SenseAsync());

        Assert.DoesNotContain(shocks, s => s.Kind == ShockKind.Pothole);
    }

    [Fact]
    public async Task A_plain_road_gives_stretches_without_shocks()
    {
        var seen = await Over(_ => 0, 10).SenseAsync();

        Assert.Empty(Shocks(seen));
        var stretches = seen.Select(o => o.Roughness!).ToArray();
        Assert.InRange(stretches.Length, 6, 8);
        Assert.All(stretches, s => Assert.Equal(0, s.Shocks));
        Assert.All(stretches, s => Assert.InRange(s.LengthM, 49.9, 51));
        // The first stretch begins before the filters have settled.
        // The drive's road is ISO 8608's class B, some 3.5 m/km; single stretches of 50 m lie about it.
        Assert.All(stretches[1..], s => Assert.InRange(s.EstimateMPerKm!.Value, 1, 12));
    }

    [Fact]
    public async Task The_stretch_with_the_pothole_counts_it_and_no_other_does()
    {
        var seen = await Over(QuarterCar.Hole(ObstacleM, 0.6, 0.06), 10).SenseAsync();

        var with = Assert.Single(seen, o => o.Roughness is { Shocks: > 0 }).Roughness!;
        Assert.Equal(1, with.Shocks);
        Assert.True(Drive.Origin.DistanceMTo(with.From) <= ObstacleM && Drive.Origin.DistanceMTo(with.To) >= ObstacleM - 1);
    }

    [Fact]
    public async Task A_rougher_road_is_estimated_rougher()
    {
        async Task<double> EstimateAsync(double roughness) => (await new Drive { Vertical = QuarterCar.Drive(10, 600, _ => 0, 5, roughness) }.SenseAsync())
            .Where(o => o.Roughness?.EstimateMPerKm is not null).Average(o => o.Roughness!.EstimateMPerKm!.Value);

        Assert.Equal(4, await EstimateAsync(256e-6) / await EstimateAsync(16e-6), 0.8);
    }

    [Fact]
    public async Task Walking_pace_is_not_assessed() =>
        Assert.Empty(await Over(QuarterCar.Hole(ObstacleM, 0.6, 0.06), 3).SenseAsync());

    [Fact]
    public async Task Without_a_fix_there_is_no_shock()
    {
        var blind = new Drive { SpeedMps = 10, LengthM = 400, NoFix = m => m is > 180 and < 230, Vertical = QuarterCar.Drive(10, 400, QuarterCar.Hole(ObstacleM, 0.6, 0.06), 3) };

        var seen = await blind.SenseAsync();

        Assert.Empty(Shocks(seen));
        Assert.DoesNotContain(seen, o => o.Roughness is { } r && Drive.Origin.DistanceMTo(r.From) < ObstacleM && Drive.Origin.DistanceMTo(r.To) > ObstacleM);
    }

    [Fact]
    public async Task A_badly_placed_shock_is_not_reported()
    {
        var bad = new Drive { SpeedMps = 10, LengthM = 400, Hdop = 8, Vertical = QuarterCar.Drive(10, 400, QuarterCar.Hole(ObstacleM, 0.6, 0.06), 3) };

        Assert.Empty(await bad.SenseAsync());
    }

    [Fact]
    public async Task A_vehicle_without_a_crew_is_cut_to_its_segment()
    {
        var path = Path.Combine(Path.GetTempPath(), $"segments-{Guid.NewGuid():N}.geojson");
        var (a, b) = (Drive.At(-50, 4), Drive.At(700, 4));
        await File.WriteAllTextAsync(path, FormattableString.Invariant(
            $$$"""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"ID":"Main_St_1"},"geometry":{"type":"LineString","coordinates":[[{{{a.Longitude}}},{{{a.Latitude}}}],[{{{b.Longitude}}},{{{b.Latitude}}}]]}}]}"""));
        try
        {
            var city = SensingCity.Load(new CityOptions { StreetsFile = path });

            var seen = await Over(QuarterCar.Hole(ObstacleM, 0.6, 0.06), 10).SenseAsync(city, VehicleKind.SensorOnly);

            var shock = Assert.Single(Shocks(seen));
            Assert.Equal("Main_St_1", shock.Segment);
            Assert.Equal(4, shock.At.DistanceMTo(Drive.At(ObstacleM)), 1.5);
            Assert.All(seen.Where(o => o.Roughness is not null), o => Assert.Equal("Main_St_1", o.Roughness!.Segment));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
