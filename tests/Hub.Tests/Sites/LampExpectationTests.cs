using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Sites;

public sealed class LampExpectationTests
{
    private static readonly SitesOptions Options = new();

    // Tenths of a natural logarithm below the likeliest, by share: 0, 0.1, 0.2, 0.3, 0.45, 0.65, 1, 1.5, 2.2, 3.3.
    private static readonly int[] Usual = [255, 200, 150, 90, 40, 10, 0, 10, 60, 200];
    private static readonly int[] Weak = [90, 10, 0, 10, 60, 120, 255, 255, 255, 255];
    private static readonly int[] Nothing = [0, 40, 100, 170, 255, 255, 255, 255, 255, 255];
    private static readonly int[] Halved = [150, 90, 40, 10, 0, 10, 90, 200, 255, 255];
    private static readonly int[] Hardly = [0, 0, 0, 2, 5, 9, 20, 60, 150, 255];
    private static readonly int[] AnySay = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    [Fact]
    public void A_light_that_burned_and_shows_nothing_in_two_nights_is_out() =>
        Assert.True(Fold(Usual, Usual, Usual, Usual, Nothing, Nothing).Supported);

    [Fact]
    public void A_light_that_was_never_seen_to_burn_is_looked_at_and_makes_no_request()
    {
        var site = Fold(Nothing, Nothing);
        Assert.False(site.Supported);
        Assert.True(site.NeverBurned);
        Assert.False(Fold(Nothing).NeverBurned);
    }

    [Fact]
    public void One_pass_that_saw_it_burn_may_have_seen_another_light()
    {
        Assert.True(Fold(Usual, Nothing, Nothing).NeverBurned);
        Assert.True(Fold(Usual, Usual, Nothing, Nothing) is { Supported: true, NeverBurned: false });
    }

    [Fact]
    public void A_person_who_says_that_it_burns_ends_what_light_alone_says()
    {
        var passes = Passes(Nothing, Nothing, Nothing, Nothing);
        var looked = new SiteMark("look:p1", SiteKind.Lamp, Repaired: false, passes[1].FixMs, passes[1].DeviceMs, Replay: false, passes[0].At, "p1");
        var site = SiteFold.Fold(Identity(passes), passes, [looked], KnownStructures.None, Options).Site;
        Assert.Equal((0, 0, false, false), (site.For, site.Against, site.Supported, site.NeverBurned));
    }

    [Fact]
    public void A_pass_that_hardly_shows_it_out_counts_beside_one_that_is_sure()
    {
        Assert.False(Fold(Usual, Usual, Hardly, Hardly, Hardly).Supported);
        Assert.True(Fold(Usual, Usual, Hardly, Nothing).Supported);
        Assert.True(Fold(Usual, Usual, Nothing, Hardly).Supported);
    }

    [Fact]
    public void Half_the_light_from_midnight_is_usual_of_a_light_that_is_dimmed_by_the_clock()
    {
        var passes = Passes([.. Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? Usual : Halved)]);
        passes = [.. passes.Select((p, i) => p with { FixMs = At(i / 2, i % 2 == 0 ? 21 : 25), DeviceMs = At(i / 2, i % 2 == 0 ? 21 : 25) })];
        var expected = LampExpectation.Learn(passes);
        Assert.Equal(1, expected.Usual);
        Assert.NotNull(expected.DimsFromHour);
        Assert.InRange(expected.DimsFromHour.Value, 22, 25);
        Assert.True(expected.ThatItWasOut(passes[1]) < -2);

        // By the sun's clock at the pole.
        static long At(int night, int hour) =>
            Sample.Start.Date.AddDays(night).AddHours(hour - Sample.Origin.Longitude / 15).Subtract(DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
    }

    [Fact]
    public void One_night_of_nothing_is_not_enough() => Assert.False(Fold(Usual, Usual, Nothing).Supported);

    [Fact]
    public void A_light_that_always_was_weak_burns()
    {
        var site = Fold(Weak, Weak, Weak, Weak);
        Assert.False(site.Supported);
        Assert.Equal((0, 4), (site.For, site.Against));
    }

    [Fact]
    public void A_light_that_is_weak_goes_out_as_well() => Assert.True(Fold(Weak, Weak, Weak, Weak, Nothing, Nothing).Supported);

    [Fact]
    public void A_pass_that_cannot_tell_says_nothing()
    {
        var site = Fold(AnySay, AnySay, AnySay);
        Assert.Equal((0, 0, false), (site.For, site.Against, site.Supported));
    }

    [Fact]
    public void Where_passes_were_wrong_before_it_takes_more_of_them()
    {
        Assert.False(Fold(Usual, Nothing, Usual, Nothing, Usual, Usual, Nothing, Nothing).Supported);
        Assert.True(Fold(Usual, Nothing, Usual, Usual, Usual, Usual, Nothing, Nothing, Nothing, Nothing).Supported);
    }

    [Fact]
    public void A_pass_that_was_wrong_but_hardly_sure_says_nothing_of_one_that_is_plainly_dark()
    {
        Assert.True(Fold(Usual, Hardly, Usual, Nothing, Nothing).Supported);
        Assert.False(Fold(Usual, Nothing, Usual, Nothing, Nothing).Supported);
    }

    [Fact]
    public void A_light_that_burns_again_ends_its_case() => Assert.False(Fold(Usual, Usual, Nothing, Nothing, Usual, Usual).Supported);

    [Fact]
    public void Learns_what_is_usual_of_a_light_by_itself()
    {
        Assert.Equal(0.2, LampExpectation.Learn(Passes(Weak, Weak, Weak, Weak, Weak, Weak, Nothing)).Usual);
        Assert.Equal(1, LampExpectation.Learn(Passes(Usual, Usual, Nothing)).Usual);
    }

    private static Site Fold(params int[][] likelihoods)
    {
        var passes = Passes(likelihoods);
        return SiteFold.Fold(Identity(passes), passes, [], KnownStructures.None, Options).Site;
    }

    private static Site Identity(List<Observation> passes) => new() { Id = Site.LampId("p1"), Kind = SiteKind.Lamp, Pole = "p1", At = passes[0].At };

    // Another vehicle every night.
    private static List<Observation> Passes(params int[][] likelihoods) =>
        [.. likelihoods.Select((l, night) => new Observation
        {
            Vehicle = $"v{night}", Epoch = "e", Seq = night, Kind = ObservationKind.Lamp,
            FixMs = Sample.Start.AddDays(night).ToUnixTimeMilliseconds(), DeviceMs = Sample.Start.AddDays(night).ToUnixTimeMilliseconds(),
            At = Sample.Origin, Verdict = (int)LampVerdict.Unclear, Confidence = 0, Pole = "p1", Likelihoods = l,
        })];
}
