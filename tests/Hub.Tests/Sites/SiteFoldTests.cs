using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Sites;

public sealed class SiteFoldTests
{
    private static readonly SitesOptions Options = new() { LampBurnedPasses = 0 };

    [Fact]
    public void Support_needs_two_passes_however_sure_one_is()
    {
        Assert.False(Fold(Hit("v1", 0, 1)).Supported);
        Assert.False(Fold(Hit("v1", 0, 1), Hit("v1", 5, 1)).Supported);
        Assert.True(Fold(Hit("v1", 0, 1), Hit("v2", 30, 1)).Supported);
    }

    [Fact]
    public void Where_two_vehicles_must_have_felt_a_pothole_one_never_carries_it()
    {
        Observation[] alone = [.. Enumerable.Range(0, 10).Select(i => Hit("v1", i * 1440, 1))];
        Observation[] two = [.. alone, Hit("v2", 15_000, 0.6)];
        var options = new SitesOptions { FindingVehicles = 2 };
        Assert.False(SiteFold.Fold(Identity(SiteKind.Pothole), alone, [], KnownStructures.None, options).Site.Supported);
        Assert.True(SiteFold.Fold(Identity(SiteKind.Pothole), two, [], KnownStructures.None, options).Site.Supported);
        Assert.True(Fold(alone).Supported);
    }

    [Fact]
    public void One_vehicle_alone_must_be_surer_than_two()
    {
        Observation[] twice = [Hit("v1", 0, 0.7), Hit("v1", 1440, 0.7)];
        Assert.False(Fold(twice).Supported);
        Assert.True(Fold([.. twice, Hit("v1", 2880, 0.7), Hit("v1", 4320, 0.7)]).Supported);
        Assert.True(Fold([.. twice, Hit("v2", 2880, 0.5)]).Supported);
        var anybody = new SitesOptions { LoneVehicleMore = 0 };
        Assert.True(SiteFold.Fold(Identity(SiteKind.Pothole), twice, [], KnownStructures.None, anybody).Site.Supported);
    }

    [Fact]
    public void Two_vehicles_open_what_one_vehicle_needs_three_passes_for()
    {
        const string kind = SiteKind.Lamp;
        Assert.True(Fold(kind, Found(kind, "v1", 0), Found(kind, "v2", 30)).Supported);
        Assert.False(Fold(kind, Found(kind, "v1", 0), Found(kind, "v1", 30)).Supported);
        Assert.True(Fold(kind, Found(kind, "v1", 0), Found(kind, "v1", 30), Found(kind, "v1", 60)).Supported);
    }

    [Fact]
    public void One_vehicle_on_two_days_has_looked_twice()
    {
        const string kind = SiteKind.Lamp;
        Assert.False(Fold(kind, Found(kind, "v1", 0), Found(kind, "v1", 11 * 60)).Supported);
        Assert.True(Fold(kind, Found(kind, "v1", 0), Found(kind, "v1", 24 * 60)).Supported);
        // A vehicle that never rests has a fresh look every half a day, not none.
        Assert.True(Fold(kind, Found(kind, "v1", 0), Found(kind, "v1", 7 * 60), Found(kind, "v1", 14 * 60)).Belief
            > Fold(kind, Found(kind, "v1", 0), Found(kind, "v1", 1 * 60), Found(kind, "v1", 2 * 60)).Belief + 0.5);
    }

    [Fact]
    public void A_vehicle_that_changes_its_mind_repeats_nothing()
    {
        var hit = Fold(Hit("v1", 0, 0.9));
        var mixed = Fold(Hit("v1", 0, 0.9), Smooth("v1", 30));
        // But for half an hour's fading.
        var miss = -Math.Log((2 * Math.Exp(-Options.SmoothPassWeight)) / 3);
        Assert.Equal(hit.Belief - miss, mixed.Belief, 0.01);
    }

    [Fact]
    public void What_is_shown_of_a_repeat_is_what_it_counted()
    {
        var votes = SiteFold.Fold(Identity(SiteKind.Pothole), [Hit("v1", 0, 0.9), Hit("v1", 30, 0.9), Hit("v2", 60, 0.9)], [], KnownStructures.None, Options).Votes;
        Assert.All(votes, v => Assert.True(v.Counted));
        Assert.Equal(votes[0].Weight * Options.RepeatShare, votes[1].Weight, 12);
        Assert.Equal(votes[0].Weight, votes[2].Weight, 12);
    }

    [Fact]
    public void A_hole_that_every_pass_hit_is_gone_after_three_smooth_ones_by_two_vehicles()
    {
        Observation[] felt = [.. Enumerable.Range(0, 6).Select(i => Hit($"v{i}", i * 20, 1))];
        Assert.True(Fold([.. felt, Smooth("v1", 200), Smooth("v1", 220), Smooth("v1", 240)]).Supported);
        Assert.True(Fold([.. felt, Smooth("v1", 200), Smooth("v2", 220)]).Supported);
        Assert.False(Fold([.. felt, Smooth("v1", 200), Smooth("v2", 220), Smooth("v1", 240)]).Supported);
    }

    [Fact]
    public void A_hole_that_every_other_pass_misses_outlasts_three_smooth_ones()
    {
        Observation[] mixed = [.. Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? Hit($"v{i}", i * 20, 1) : Smooth($"v{i}", i * 20))];
        // The last of those was smooth too: three in a row say nothing here, four do.
        Assert.True(Fold([.. mixed, Smooth("v1", 200), Smooth("v2", 220)]).Supported);
        Assert.False(Fold([.. mixed, Smooth("v1", 200), Smooth("v2", 220), Smooth("v3", 240)]).Supported);
    }

    [Fact]
    public void After_a_change_the_place_needs_two_passes_again()
    {
        Observation[] repaired =
        [
            .. Enumerable.Range(0, 6).Select(i => Hit($"v{i}", i * 20, 1)), .. Enumerable.Range(0, 4).Select(i => Smooth($"v{i}", 200 + i * 20)),
        ];
        Assert.False(Fold([.. repaired, Hit("v1", 400, 0.9)]).Supported);
        Assert.True(Fold([.. repaired, Hit("v1", 400, 1), Hit("v2", 420, 1), Hit("v3", 440, 1)]).Supported);
    }

    [Fact]
    public void Who_drives_the_other_way_says_nothing_of_a_hole_in_this_lane()
    {
        Observation[] felt = [Hit("v1", 0, 0.9) with { CourseDeg = 90 }, Hit("v2", 20, 0.9) with { CourseDeg = 95 }];
        var alone = Fold(felt);
        var (back, along) = (Smooth("v3", 21) with { CourseDeg = 270 }, Smooth("v3", 21) with { CourseDeg = 85 });
        Assert.Equal(alone.Belief, Fold([.. felt, back]).Belief, 12);
        Assert.True(Fold([.. felt, along]).Belief < alone.Belief - Options.SmoothPassWeight);
    }

    [Fact]
    public void A_slow_pass_and_one_with_poor_fixes_say_less_when_they_miss()
    {
        Observation[] felt = [Hit("v1", 0, 0.9), Hit("v2", 20, 0.9)];
        var fast = Fold([.. felt, Smooth("v3", 21) with { SpeedMps = 12, Hdop = 1 }]).Belief;
        Assert.True(Fold([.. felt, Smooth("v3", 21) with { SpeedMps = 4, Hdop = 1 }]).Belief > fast + 0.2);
        Assert.True(Fold([.. felt, Smooth("v3", 21) with { SpeedMps = 12, Hdop = 6 }]).Belief > fast + 0.2);
    }

    [Fact]
    public void A_miss_says_more_where_everybody_hit()
    {
        Observation[] few = [Hit("v1", 0, 0.9)];
        Observation[] many = [.. few, Hit("v2", 20, 0.9), Hit("v3", 40, 0.9), Hit("v4", 60, 0.9)];
        Assert.True(Fold(many).Belief - Fold([.. many, Smooth("v5", 61)]).Belief > Fold(few).Belief - Fold([.. few, Smooth("v5", 61)]).Belief + 0.3);
    }

    [Fact]
    public void A_hole_that_breaks_where_nothing_was_for_long_is_soon_found()
    {
        Observation[] clear = [Hit("v0", 0, 0.3), .. Enumerable.Range(1, 30).Select(i => Smooth($"v{i % 5}", i * 700))];
        Assert.True(Fold(clear).Belief >= Options.Prior - Options.MostAgainst);
        Assert.True(Fold([.. clear, Hit("v1", 22_000, 1), Hit("v2", 22_700, 1), Hit("v3", 23_400, 1)]).Supported);
    }

    [Fact]
    public void A_frame_that_most_passes_named_explains_what_looks_like_a_hole_there()
    {
        Observation[] named = [.. Enumerable.Range(0, 6).Select(i => Chances($"v{i}", i * 300, 0.1, 0.8))];
        Observation[] holes = [Chances("v1", 2_000, 0.8, 0.1), Chances("v2", 2_300, 0.8, 0.1)];
        Assert.True(Fold(holes).Supported);
        var site = Fold([.. named, .. holes]);
        Assert.False(site.Supported);
        Assert.True(site.Belief < Fold(holes).Belief - 2);
        // A hole that breaks beside the frame shows all the same.
        Assert.True(Fold([.. named, .. Enumerable.Range(0, 10).Select(i => Chances($"v{i % 4}", 3_000 + i * 800, 0.9, 0.05))]).Supported);
    }

    [Fact]
    public void Of_the_shocks_of_one_pass_the_one_that_may_be_the_hole_speaks()
    {
        var behind = Chances("v1", 0.2, 0.02, 0.95) with { At = Sample.Origin.MovedByM(5, 0) };
        Assert.Equal((1, 0), (Fold(Chances("v1", 0, 0.6, 0.2), behind).For, Fold(Chances("v1", 0, 0.6, 0.2), behind).Against));
    }

    [Fact]
    public void At_equal_chances_a_stronger_shock_says_more_and_none_speaks_against()
    {
        // 4.5 m/s² at 9 m/s are the usual strength, 1.5.
        var usual = Chances("v1", 0, 0.6, 0.2) with { SpeedMps = 9, Severity = 4.5 };
        var without = Fold(usual with { SpeedMps = null }).Belief;
        Assert.Equal(without, Fold(usual).Belief, 0.01);
        Assert.Equal(without + Options.StrengthWeight * Math.Log(2), Fold(usual with { Severity = 9 }).Belief, 0.01);
        Assert.True(Fold(usual with { SpeedMps = 16 }).Belief < without - 0.2);
        Assert.True(Fold(usual with { Severity = 0.5 }).Belief > Options.Prior);
        // One pass, however hard: a sensor that came loose shakes hardest of all.
        Assert.Equal(Options.Prior + 5, Fold(usual with { Severity = 1e300 }).Belief, 0.01);
    }

    [Fact]
    public void A_casting_seen_as_one_speaks_against_a_pothole()
    {
        var two = Fold(Hit("v1", 0, 0.7), Hit("v2", 30, 0.7));
        var disputed = Fold(Hit("v1", 0, 0.7), Hit("v2", 30, 0.7), Hit("v3", 60, 0.9, ShockKind.Casting), Hit("v4", 90, 0.9, ShockKind.Casting));
        Assert.True(two.Supported);
        Assert.True(disputed.Belief < two.Belief - 0.5);
    }

    [Fact]
    public void A_hole_beside_a_known_casting_needs_more_and_one_away_from_all_of_them_less()
    {
        Observation[] passes = [Chances("v1", 0, 0.5, 0.3), Chances("v2", 30, 0.4, 0.4), Chances("v3", 60, 0.5, 0.3)];
        double Belief(params double[] castingsM) => SiteFold.Fold(Identity(SiteKind.Pothole), passes, [], Known(castingsM), Options).Site.Belief;
        Assert.True(Belief(0) < Belief() - 0.5);
        Assert.True(Belief() < Belief(60) - 0.5);
        Assert.Equal(Belief(60), Belief(25, 60), 0.01);
        // Clear passes carry it there, too: it is no mask.
        Observation[] clear = [.. Enumerable.Range(0, 8).Select(i => Chances($"v{i}", i * 30, 0.85, 0.05))];
        Assert.True(SiteFold.Fold(Identity(SiteKind.Pothole), clear, [], Known(0), Options).Site.Supported);
    }

    [Fact]
    public void A_place_is_explained_by_a_structure_within_the_errors_of_both()
    {
        Assert.Equal("0", Known(4).Explains?.Id);
        Assert.Null(Known(9).Explains);
        Assert.Equal("1", Known(5, 1).Explains?.Id);
        Assert.Null(KnownStructures.None.Explains);
    }

    private static KnownStructures Known(params double[] castingsM) => new(
        Sample.Origin, [.. castingsM.Select((m, i) => new RoadStructure("city", $"{i}", RoadStructureKind.Casting, Sample.Origin.MovedByM(m, 0), 3))], Options);

    [Fact]
    public void Old_evidence_fades_by_half_in_a_half_life()
    {
        var days = Options.PotholeHalfLifeDays * 1440;
        var fresh = Fold(Hit("v1", 0, 1)).Belief - Options.Prior;
        var faded = Fold(Hit("v1", 0, 1), Hit("v2", days, 1)).Belief - Options.Prior;
        Assert.Equal(fresh * 1.5, faded, 9);
    }

    private static Site Fold(params Observation[] observations) => Fold(SiteKind.Pothole, observations);

    private static Site Fold(string kind, params Observation[] observations)
    {
        var ordered = observations.ToList();
        ordered.Sort(Observation.Canonical);
        return SiteFold.Fold(Identity(kind), ordered, [], KnownStructures.None, Options).Site;
    }

    private static Site Identity(string kind) => new() { Id = $"{kind}:x", Kind = kind, At = Sample.Origin };

    private static Observation Found(string kind, string vehicle, double minute) => kind == SiteKind.Lamp
        ? Hit(vehicle, minute, 0.85) with { Kind = ObservationKind.Lamp, Verdict = (int)LampVerdict.Dark }
        : Hit(vehicle, minute, 0.85);

    private static Observation Hit(string vehicle, double minute, double confidence, ShockKind kind = ShockKind.Pothole) => new()
    {
        Vehicle = vehicle, Epoch = Sample.Epoch, Seq = (long)(minute * 10), Kind = ObservationKind.Shock, Verdict = (int)kind, Confidence = confidence,
        FixMs = (long)(minute * 60_000), DeviceMs = (long)(minute * 60_000), At = Sample.Origin, Severity = 8,
    };

    private static Observation Chances(string vehicle, double minute, double pothole, double casting) =>
        Hit(vehicle, minute, Math.Max(pothole, casting), pothole > casting ? ShockKind.Pothole : ShockKind.Casting) with { Chances = new ShockChances(pothole, casting, 0) };

    private static Observation Smooth(string vehicle, double minute) =>
        Hit(vehicle, minute, 1) with { Kind = ObservationKind.Roughness, Verdict = 0, Severity = 0.5 };
}
