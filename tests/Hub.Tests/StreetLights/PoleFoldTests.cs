using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.StreetLights;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.StreetLights;

public sealed class PoleFoldTests
{
    private const double Evening = 21;
    private const double Late = 26;

    // Tenths of a natural logarithm below the likeliest, by share: 0, 0.1, 0.2, 0.3, 0.45, 0.65, 1, 1.5, 2.2, 3.3.
    private static readonly int[] Usual = [255, 200, 150, 90, 40, 10, 0, 10, 60, 200];
    private static readonly int[] Half = [150, 90, 40, 10, 0, 10, 90, 200, 255, 255];
    private static readonly int[] Third = [120, 60, 15, 0, 15, 70, 200, 255, 255, 255];
    private static readonly int[] Nothing = [0, 40, 100, 170, 255, 255, 255, 255, 255, 255];
    private static readonly int[] AnySay = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly List<Observation> passes = [];

    [Fact]
    public void What_no_pass_could_judge_is_unknown()
    {
        Night(Evening, AnySay, AnySay);
        Assert.Equal(PoleState.Unknown, State().State);
    }

    [Fact]
    public void One_dark_pass_after_many_lit_ones_is_suspected_and_two_nights_of_them_are_out()
    {
        Night(Evening, Usual, Usual, Usual, Usual, Nothing);
        Assert.Equal(PoleState.Suspected, State().State);
        Night(Evening, Nothing);
        Assert.Equal(PoleState.Out, State().State);
    }

    [Fact]
    public void Dark_nights_of_a_light_that_never_burned_are_neither_out_nor_suspected()
    {
        Night(Evening, Nothing, Nothing);
        Assert.Equal(PoleState.NeverBurned, State().State);
    }

    [Fact]
    public void A_light_that_burns_at_a_third_of_what_it_did_is_dim_and_partly_out_where_the_pole_has_two()
    {
        Night(Evening, Usual, Usual, Usual, Usual, Third, Third, Third, Third);
        Assert.Equal(PoleState.Dim, State().State);
        Assert.Equal(PoleState.Partial, State(luminaires: 2).State);
    }

    [Fact]
    public void One_that_always_burned_at_a_third_is_lit()
    {
        Night(Evening, Third, Third, Third, Third, Third, Third, Third, Third);
        Assert.Equal(PoleState.Lit, State().State);
    }

    [Fact]
    public void Half_the_light_from_midnight_on_is_neither_dim_nor_out()
    {
        Night(Evening, Usual, Usual, Usual, Usual);
        Night(Late, Half, Half, Half, Half, Half, Half);
        Assert.Equal(PoleState.Lit, State().State);
    }

    [Fact]
    public void Half_the_light_in_the_evening_where_it_was_whole_is_dim()
    {
        Night(Evening, Usual, Usual, Usual, Usual, Usual, Usual, Third, Third, Third, Third);
        Night(Late, Third, Third);
        Assert.Equal(PoleState.Dim, State().State);
    }

    [Fact]
    public void Half_the_light_of_a_pole_with_two_is_partly_dark_when_it_lasts_for_nights()
    {
        Night(Evening, Usual, Usual, Usual, Usual, Half, Half, Half, Half);
        Assert.Equal(PoleState.Partial, State(luminaires: 2).State);
        // All in one night it may be the vehicles of that night.
        for (var i = 5; i < passes.Count; i++) passes[i] = passes[i] with { FixMs = passes[4].FixMs + i * 600_000L };
        Assert.Equal(PoleState.Lit, State(luminaires: 2).State);
    }

    [Fact]
    public void A_light_whose_passes_always_scattered_is_not_dim_for_a_few_weak_ones()
    {
        Night(Evening, Usual, Third, Half, Usual, Half, Third, Half, Third);
        Assert.Equal(PoleState.Lit, State().State);
    }

    [Fact]
    public void Too_few_passes_since_say_nothing_of_less_light()
    {
        Night(Evening, Usual, Usual, Usual, Usual, Usual, Third, Third);
        Assert.Equal(PoleState.Lit, State().State);
    }

    [Fact]
    public void One_that_went_out_and_was_mended_does_not_cycle()
    {
        Night(Evening, Usual, Usual, Usual, Usual, Nothing, Nothing, Nothing, Usual, Usual, Usual, Usual);
        Assert.Equal(PoleState.Lit, State().State);
    }

    [Fact]
    public void A_light_that_burned_and_since_comes_and_goes_cycles()
    {
        Night(Evening, Usual, Usual, Usual, Usual, Nothing, Usual, Nothing, Usual);
        Assert.Equal(PoleState.Cycling, State().State);
    }

    [Fact]
    public void One_that_came_and_went_ever_since_it_is_looked_at_is_seen_from_two_streets()
    {
        Night(Evening, Nothing, Usual, Nothing, Usual, Nothing, Usual, Nothing, Usual, Usual);
        Assert.NotEqual(PoleState.Cycling, State().State);
    }

    [Fact]
    public void Tells_when_it_was_last_judged_and_why_not_since()
    {
        Night(Evening, Usual, Usual);
        var told = passes[^1].FixMs;
        Night(Evening, AnySay, AnySay);
        passes[^1] = passes[^1] with { Likelihoods = null, Doubt = LampDoubt.BrightFloor };
        passes[^2] = passes[^2] with { Likelihoods = null, Doubt = LampDoubt.BrightFloor };
        var reading = State();
        Assert.Equal((4, told, LampDoubt.BrightFloor), (reading.Passes, reading.ToldMs, reading.Doubt));
        Assert.Equal(passes[^1].FixMs, reading.LastMs);
    }

    private PoleReading State(int luminaires = 1)
    {
        var light = new StreetLight("p1", Sample.Origin, "City", null, null, luminaires, null);
        var identity = new Site { Id = Site.LampId("p1"), Kind = SiteKind.Lamp, Pole = "p1", At = light.At };
        var (site, votes) = SiteFold.Fold(identity, passes, [], KnownStructures.None, new SitesOptions());
        return RefoldLights.Read(light, site, votes);
    }

    // Each in a night of its own and by another vehicle, at an hour by the sun's clock.
    private void Night(double hour, params int[][] likelihoods)
    {
        foreach (var seen in likelihoods)
        {
            var at = new DateTimeOffset(Sample.Start.Date.AddDays(passes.Count).AddHours(hour - Sample.Origin.Longitude / 15), TimeSpan.Zero).ToUnixTimeMilliseconds();
            passes.Add(new Observation
            {
                Vehicle = $"v{passes.Count}", Epoch = "e", Seq = passes.Count, Kind = ObservationKind.Lamp, FixMs = at, DeviceMs = at, At = Sample.Origin,
                Verdict = (int)LampVerdict.Unclear, Confidence = 0, Pole = "p1", Likelihoods = seen,
            });
        }
    }
}
