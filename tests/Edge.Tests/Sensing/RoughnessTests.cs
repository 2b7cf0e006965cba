using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Sensing;

/// <summary>What a stretch's estimated roughness depends on, and what it must not depend on.</summary>
public sealed class RoughnessTests
{
    private static readonly Func<double, double> Plain = _ => 0;

    [Fact]
    public async Task The_same_kind_of_road_is_as_rough_at_any_speed()
    {
        var slow = await MeanAsync(QuarterCar.Drive(6, 1_500, Plain, 5, 64e-6), 6);
        var fast = await MeanAsync(QuarterCar.Drive(14, 1_500, Plain, 5, 64e-6), 14);

        Assert.Equal(1, slow / fast, 0.12);
        // ISO 8608's class B has an index of about 4.4; this car's left and right wheels roll on the same profile, which is more than on two.
        Assert.InRange(slow, 3.8, 6.5);
    }

    [Fact]
    public async Task What_the_dashboard_hums_is_not_the_road()
    {
        var random = new Random(3);
        var smooth = QuarterCar.Drive(9, 1_500, Plain, 5, 4e-6);

        var quiet = await MeanAsync(smooth, 9);
        var humming = await MeanAsync([.. smooth.Select(a => a + 0.3 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble()))], 9);

        Assert.Equal(1, humming / quiet, 0.25);
    }

    [Fact]
    public async Task A_pothole_is_not_roughness()
    {
        var plain = await StretchesAsync(QuarterCar.Drive(10, 400, Plain, 3), 10);
        var holed = await StretchesAsync(QuarterCar.Drive(10, 400, QuarterCar.Hole(200, 0.6, 0.06), 3), 10);

        var with = Assert.Single(holed, s => s.Shocks > 0);
        Assert.Contains(null, with.Squares!);
        Assert.InRange(with.Squares!.Count(s => s is not null), 2, 4);
        var without = plain.MinBy(s => s.From.DistanceMTo(with.From))!;
        Assert.Equal(1, with.EstimateMPerKm!.Value / without.EstimateMPerKm!.Value, 0.4);
    }

    [Fact]
    public async Task Parts_of_a_stretch_are_told_by_themselves_and_their_mean_is_the_estimate()
    {
        var stretches = await StretchesAsync(QuarterCar.Drive(10, 600, Plain, 7), 10);

        Assert.All(stretches, s => Assert.Equal(5, s.Squares!.Count));
        Assert.All(stretches, s => Assert.Equal(s.EstimateMPerKm!.Value, Math.Sqrt(s.Squares!.Average()!.Value), 0.02));
        Assert.All(stretches, s => Assert.Equal((10.0, 10.0), (s.LeastSpeedMps, s.MostSpeedMps)));
    }

    [Fact]
    public async Task A_slow_sensor_feels_a_stretch_and_tells_no_roughness()
    {
        // Every third sample: 33 Hz.
        var seen = await new Drive { SpeedMps = 10, LengthM = 400, Each = 3, Vertical = QuarterCar.Drive(10, 400, Plain, 3) }.SenseAsync();

        var stretches = seen.Where(o => o.Roughness is not null).Select(o => o.Roughness!).ToList();
        Assert.NotEmpty(stretches);
        Assert.All(stretches, s => Assert.Null(s.EstimateMPerKm));
        Assert.All(stretches, s => Assert.Null(s.Squares));
        Assert.All(stretches, s => Assert.Equal(0, s.Shocks));
    }

    private static async Task<double> MeanAsync(IReadOnlyList<double> vertical, double speedMps)
    {
        var squares = (await StretchesAsync(vertical, speedMps)).SelectMany(s => s.Squares!).OfType<double>();
        return Math.Sqrt(squares.Average());
    }

    private static async Task<List<RoughnessObservation>> StretchesAsync(IReadOnlyList<double> vertical, double speedMps)
    {
        var seen = await new Drive { SpeedMps = speedMps, LengthM = vertical.Count / 100.0 * speedMps, Vertical = vertical }.SenseAsync();
        return [.. seen.Where(o => o.Roughness is { EstimateMPerKm: not null }).Select(o => o.Roughness!)];
    }
}
