using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Sites;

public sealed class SiteFoldTests
{
    private static readonly SitesOptions Options = new();

    [Fact]
    public void Support_needs_two_passes_however_sure_one_is()
    {
        Assert.False(Fold(Hit("v1", 0, 1)).Supported);
        Assert.False(Fold(Hit("v1", 0, 1), Hit("v1", 5, 1)).Supported);
        Assert.True(Fold(Hit("v1", 0, 1), Hit("v1", 30, 1)).Supported);
    }

    [Theory]
    [InlineData(SiteKind.Lamp)]
    [InlineData(SiteKind.Pothole)]
    public void Two_vehicles_open_what_one_vehicle_needs_three_passes_for(string kind)
    {
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
        var votes = SiteFold.Fold(Identity(SiteKind.Pothole), [Hit("v1", 0, 0.9), Hit("v1", 30, 0.9), Hit("v2", 60, 0.9)], [], Options).Votes;
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
    public void A_casting_seen_as_one_speaks_against_a_pothole()
    {
        var two = Fold(Hit("v1", 0, 0.7), Hit("v2", 30, 0.7));
        var disputed = Fold(Hit("v1", 0, 0.7), Hit("v2", 30, 0.7), Hit("v3", 60, 0.9, ShockKind.Casting), Hit("v4", 90, 0.9, ShockKind.Casting));
        Assert.True(two.Supported);
        Assert.True(disputed.Belief < two.Belief - 1);
    }

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
        return SiteFold.Fold(Identity(kind), ordered, [], Options).Site;
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

    private static Observation Smooth(string vehicle, double minute) =>
        Hit(vehicle, minute, 1) with { Kind = ObservationKind.Roughness, Verdict = 0, Severity = 0.5 };
}
