using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Sensing;

public sealed class LampTests
{
    private const double SpacingM = 30;

    // Alternating sides, 5 m from the vehicle's line.
    private static readonly Pole[] Poles =
        [.. Enumerable.Range(0, 20).Select(i => new Pole($"p{i:00}", Drive.At(15 + i * SpacingM, i % 2 == 0 ? 5 : -6), 1, "A3"))];

    private static readonly SensingCity City = new(new PoleIndex(Poles), null);

    private static Func<double, double> Lit(Func<Pole, double> intensityCd, Pole[]? poles = null) => along =>
    {
        // A little grain, the same in every run.
        var lux = 0.3 + 0.05 * Math.Sin(along * 7.3);
        foreach (var pole in poles ?? Poles)
        {
            var d = Drive.At(along).DistanceMTo(pole.At);
            lux += intensityCd(pole) * 6.4 / Math.Pow(6.4 * 6.4 + d * d, 1.5);
        }

        return lux;
    };

    private static Func<double, double> AllBut(params string[] dead) =>
        Lit(p => dead.Contains(p.Id) ? 0 : 800 * (1 + 0.2 * Math.Sin(p.At.Latitude * 1e6)));

    // One of the poles stands elsewhere; the rest are as they were.
    private static Pole[] WithOneAt(double eastM) =>
        [.. Poles.Select((p, i) => i == 8 ? p with { At = Drive.At(15 + i * SpacingM, eastM) } : p)];

    private static LampVerdict[] Verdicts(IEnumerable<Observation> observations) =>
        [.. observations.Where(o => o.Lamp is not null).Select(o => o.Lamp!.Verdict)];

    [Theory]
    [InlineData("p07", "p12")]
    [InlineData("p00", "p01")]
    [InlineData("p18", "p19")]
    [InlineData("p09", "p10")]
    public async Task Exactly_the_dead_lamps_are_dark(string one, string other)
    {
        var seen = await new Drive { LengthM = 680, Lux = AllBut(one, other) }.SenseAsync(City);

        Assert.Equal(20, seen.Count);
        Assert.Equal(20, seen.Select(o => o.Lamp!.Pole).Distinct().Count());
        Assert.Equal([one, other], seen.Where(o => o.Lamp!.Verdict == LampVerdict.Dark).Select(o => o.Lamp!.Pole).Order());
        Assert.All(seen.Where(o => o.Lamp!.Pole != one && o.Lamp.Pole != other), o => Assert.Equal(LampVerdict.Lit, o.Lamp!.Verdict));
    }

    [Fact]
    public async Task A_verdict_carries_the_times_and_the_curve_of_its_own_reading()
    {
        var dark = (await new Drive { LengthM = 680, Lux = AllBut("p07") }.SenseAsync(City)).Single(o => o.Lamp!.Verdict == LampVerdict.Dark);

        // Pole 7 stands at 225 m: 22.5 s into the drive.
        Assert.InRange((dark.Stamp.FixTime!.Value - Drive.Night).TotalSeconds, 22.2, 22.8);
        Assert.InRange((dark.Stamp.DeviceTime - Drive.Wall).TotalSeconds, 22.2, 22.8);
        Assert.InRange(dark.Lamp!.DistanceM, 5.5, 6.5);
        Assert.True(dark.Lamp.Curve!.Length <= 64);
        Assert.True(dark.Lamp.PeakLux < 0.25 * dark.Lamp.ExpectedLux);
        Assert.InRange(dark.Lamp.Confidence, 0.7, 1);
        Assert.Equal("lamp-3", dark.Lamp.Rule);
        Assert.Equal(-6, dark.Lamp.SideM!.Value, 0.5);
        Assert.Equal((LampLadder.Shares.Count, 0), (dark.Lamp.Likelihoods!.Length, dark.Lamp.Likelihoods[0]));
        Assert.Null(dark.Lamp.Doubt);
    }

    [Fact]
    public async Task A_covered_sensor_is_not_twenty_dead_lamps() =>
        Assert.All(Verdicts(await new Drive { LengthM = 680, Lux = _ => 0.05 }.SenseAsync(City)), v => Assert.Equal(LampVerdict.Unclear, v));

    [Fact]
    public async Task A_sensor_covered_on_the_way_stops_the_verdicts()
    {
        var lux = AllBut();
        var verdicts = Verdicts(await new Drive { LengthM = 680, Lux = along => along > 250 ? 0.05 : lux(along) }.SenseAsync(City));

        Assert.True(verdicts.Count(v => v == LampVerdict.Dark) <= 8, "some poles have lit neighbours; the rest must be unclear");
        Assert.True(verdicts.Count(v => v == LampVerdict.Unclear) >= 4);
    }

    [Fact]
    public async Task By_day_nothing_is_said() =>
        Assert.Empty(await new Drive { Start = Drive.Noon, Lux = AllBut("p07") }.SenseAsync(City));

    [Fact]
    public async Task Without_a_fix_nothing_is_said() =>
        Assert.Empty(await new Drive { NoFix = _ => true, Lux = AllBut("p07") }.SenseAsync(City));

    [Fact]
    public async Task A_gap_in_the_fixes_makes_no_dark_lamp_inside_it()
    {
        var seen = await new Drive { LengthM = 680, NoFix = m => m is > 205 and < 260, Lux = AllBut("p07") }.SenseAsync(City);

        Assert.DoesNotContain(seen, o => o.Lamp!.Verdict == LampVerdict.Dark);
        Assert.Contains(seen, o => o.Lamp!.Verdict == LampVerdict.Lit);
    }

    [Fact]
    public async Task A_bad_dilution_of_precision_is_unclear() =>
        Assert.All(Verdicts(await new Drive { LengthM = 680, Hdop = 6, Lux = AllBut("p07") }.SenseAsync(City)), v => Assert.Equal(LampVerdict.Unclear, v));

    [Fact]
    public async Task A_dim_lamp_is_not_dark()
    {
        var seen = await new Drive { LengthM = 680, Lux = Lit(p => p.Id == "p07" ? 170 : 800) }.SenseAsync(City);

        var dim = seen.Single(o => o.Lamp!.Pole == "p07").Lamp!;
        Assert.NotEqual(LampVerdict.Dark, dim.Verdict);
        Assert.InRange(LampLadder.Shares[Array.IndexOf(dim.Likelihoods!, 0)], 0.1, 0.3);
    }

    [Fact]
    public async Task A_dark_stretch_between_lit_ones_is_dark_from_end_to_end()
    {
        string[] row = [.. Enumerable.Range(5, 10).Select(i => $"p{i:00}")];
        var seen = await new Drive { LengthM = 680, Lux = AllBut(row) }.SenseAsync(City);

        Assert.Equal(row, seen.Where(o => o.Lamp!.Verdict == LampVerdict.Dark).Select(o => o.Lamp!.Pole).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.7)]
    public async Task A_lit_lamp_four_metres_farther_than_believed_is_never_dark(double brightness)
    {
        for (var distance = 4.0; distance <= 20; distance++)
        {
            var poles = WithOneAt(distance);
            var seen = await new Drive { LengthM = 680, Hdop = 1, ReceiverEastM = 4, Lux = Lit(p => p.Id == "p08" ? 800 * brightness : 800, poles) }
                .SenseAsync(new SensingCity(new PoleIndex(poles), null));

            var lamp = seen.Single(o => o.Lamp!.Pole == "p08").Lamp!;
            Assert.InRange(lamp.DistanceM, distance - 4.1, distance - 3.9);
            Assert.True(lamp.Verdict != LampVerdict.Dark, $"dark at {distance} m: {lamp.PeakLux} lx of {lamp.ExpectedLux} lx");
        }
    }

    [Fact]
    public async Task A_dead_lamp_is_dark_near_the_track_and_unclear_far_from_it()
    {
        Dictionary<double, LampObservation> dead = [];
        for (var distance = 2.0; distance <= 18; distance += 2)
        {
            var poles = WithOneAt(distance);
            var seen = await new Drive { LengthM = 680, Hdop = 1, Lux = Lit(p => p.Id == "p08" ? 0 : 800, poles) }.SenseAsync(new SensingCity(new PoleIndex(poles), null));
            dead[distance] = seen.Single(o => o.Lamp!.Pole == "p08").Lamp!;
        }

        Assert.All(dead.Where(d => d.Key <= 8), d => Assert.Equal(LampVerdict.Dark, d.Value.Verdict));
        Assert.All(dead.Where(d => d.Key >= 12), d => Assert.Equal(LampVerdict.Unclear, d.Value.Verdict));
        Assert.All(dead.Where(d => d.Key >= 12), d => Assert.Equal(LampDoubt.TooWeak, d.Value.Doubt));
    }

    [Fact]
    public async Task A_worse_dilution_of_precision_leaves_more_room_for_a_lit_light()
    {
        async Task<LampObservation> At(double hdop) =>
            (await new Drive { LengthM = 680, Hdop = hdop, Lux = AllBut("p07") }.SenseAsync(City)).Single(o => o.Lamp!.Pole == "p07").Lamp!;

        var (good, fair, poor) = (await At(0.8), await At(1.4), await At(3));
        Assert.Equal((LampVerdict.Dark, LampVerdict.Dark), (good.Verdict, fair.Verdict));
        // Half of the usual light.
        Assert.True(good.Likelihoods![4] >= fair.Likelihoods![4] && fair.Likelihoods[4] >= poor.Likelihoods![4]);
    }

    [Fact]
    public async Task A_dead_lamp_beside_a_lit_one_is_unclear()
    {
        Pole[] pair = [.. Poles, new Pole("twin", Poles[8].At.MovedByM(0, 4), 1, "A3")];

        var seen = await new Drive { LengthM = 680, Lux = AllBut() }.SenseAsync(new SensingCity(new PoleIndex(pair), null));

        Assert.Equal(LampVerdict.Unclear, seen.Single(o => o.Lamp!.Pole == "twin").Lamp!.Verdict);
    }

    [Fact]
    public async Task A_shop_lit_street_is_unclear()
    {
        var lux = AllBut("p07");
        Assert.DoesNotContain(LampVerdict.Dark, Verdicts(await new Drive { LengthM = 680, Lux = m => lux(m) + 12 }.SenseAsync(City)));
    }

    [Fact]
    public async Task A_vehicle_without_a_crew_says_nothing_off_the_known_streets() =>
        Assert.Empty(await new Drive { LengthM = 680, Lux = AllBut("p07") }.SenseAsync(City, VehicleKind.SensorOnly));
}
