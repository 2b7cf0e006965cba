using System.Globalization;
using ThreeOneOne.Field.Agent.Positioning.Matching;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Positioning;

/// <summary>On a small town: Main runs east, Side runs north from its middle, Back runs east 20 m north of Main without meeting it.</summary>
public sealed class StreetMatcherTests : IDisposable
{
    private static readonly GeoPoint Origin = new(42.37, -71.1);
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly List<MatchedFix> _done = [];
    private int _seconds;

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_fix_goes_to_the_street_that_the_ones_before_and_after_were_on()
    {
        var net = Town();
        var matcher = Matcher(net);
        for (var x = 0; x <= 300; x += 10)
        {
            // One fix lies nearer to the street behind.
            Fix(matcher, x, x == 150 ? 13 : 0);
        }

        matcher.Finish(_done);
        Assert.All(_done, f => Assert.StartsWith("Main", net.Segment(f.Edge)));
        Assert.Equal(Enumerable.Range(0, 31).Select(i => (long)i), _done.Select(f => f.Number));
        Assert.All(_done.Skip(1), f => Assert.True(f.Connected));
    }

    [Fact]
    public void A_turn_is_followed_and_names_the_streets_between()
    {
        var net = Town();
        var matcher = Matcher(net);
        Fix(matcher, 20, -2);
        Fix(matcher, 100, -2);
        Fix(matcher, 150, 60);
        Fix(matcher, 150, 140);
        matcher.Finish(_done);
        Assert.Equal(["Main-1", "Main-1", "Side", "Side"], _done.Select(f => net.Segment(f.Edge)));
        Assert.Equal(60, _done[2].AlongM, 1.0);

        _done.Clear();
        Fix(matcher, 20, -2);
        Fix(matcher, 290, -2);
        matcher.Finish(_done);
        Assert.Equal("Main-2", net.Segment(_done[1].Edge));
        Assert.Empty(_done[1].Through);

        _done.Clear();
        Fix(matcher, 20, -2);
        Fix(matcher, 420, -2);
        matcher.Finish(_done);
        Assert.Equal(["Main-2"], _done[1].Through.Select(net.Segment));
    }

    [Fact]
    public void Standing_at_a_junction_visits_no_side_street()
    {
        var net = Town();
        var matcher = Matcher(net);
        var random = new Random(5);
        for (var x = 0; x < 140; x += 10) Fix(matcher, x, 0);
        for (var i = 0; i < 60; i++) Fix(matcher, 147 + 4 * Gaussian(random), 4 * Gaussian(random));
        for (var x = 150; x <= 290; x += 10) Fix(matcher, x, 0);
        matcher.Finish(_done);
        Assert.DoesNotContain(_done, f => net.Segment(f.Edge) == "Side");
        Assert.Equal(89, _done.Count);
    }

    [Fact]
    public void Turning_round_in_a_street_is_believed_when_several_fixes_say_so()
    {
        var net = Town();
        var matcher = Matcher(net);
        for (var x = 20; x <= 100; x += 10) Fix(matcher, x, -2);
        for (var x = 90; x >= 20; x -= 10) Fix(matcher, x, 2);
        matcher.Finish(_done);
        Assert.All(_done, f => Assert.Equal("Main-1", net.Segment(f.Edge)));
        Assert.NotEqual(_done[0].Edge, _done[^1].Edge);
        Assert.Single(_done.Zip(_done.Skip(1)), pair => pair.First.Edge != pair.Second.Edge);
    }

    [Fact]
    public void A_fix_far_from_every_street_is_on_none_and_begins_anew()
    {
        var net = Town();
        var matcher = Matcher(net);
        Fix(matcher, 20, 0);
        Fix(matcher, 30, -400);
        Fix(matcher, 60, 0);
        matcher.Finish(_done);
        Assert.Equal([true, false, true], _done.Select(f => f.Edge >= 0));
        Assert.False(_done[2].Connected);
    }

    [Fact]
    public void Time_that_stands_or_runs_back_and_a_long_gap_begin_anew()
    {
        var net = Town();
        var matcher = Matcher(net);
        Fix(matcher, 20, 0);
        _seconds--;
        Fix(matcher, 60, 0);
        _seconds += 61;
        Fix(matcher, 100, 0);
        matcher.Finish(_done);
        Assert.Equal([false, false, false], _done.Select(f => f.Connected));
    }

    [Fact]
    public void No_more_fixes_wait_than_allowed_however_undecided_the_way_is()
    {
        var net = Town();
        var matcher = new StreetMatcher(net, new MatchOptions { MostWaiting = 8 });
        var longest = 0;
        // Half way between two streets for their whole length.
        for (var x = 0; x <= 140; x += 10)
        {
            Fix(matcher, x, 10);
            longest = Math.Max(longest, (int)(_seconds - _done.Count));
        }

        Assert.InRange(longest, 1, 9);
        // Parked there: what is decided says where it stands, at once.
        for (var i = 0; i < 100; i++) Fix(matcher, 140, 10);
        Assert.InRange(_seconds - _done.Count, 0, 9);
        matcher.Finish(_done);
        Assert.Equal(Enumerable.Range(0, 115).Select(i => (long)i), _done.Select(f => f.Number));
    }

    [Fact]
    public void A_one_way_street_is_not_driven_against_its_sign_without_need()
    {
        var net = Town();
        var matcher = Matcher(net);
        // Back is one way to the west; east-going fixes between the two lie on Main.
        for (var x = 10; x <= 140; x += 10) Fix(matcher, x, 11);
        matcher.Finish(_done);
        Assert.All(_done, f => Assert.Equal("Main-1", net.Segment(f.Edge)));
    }

    [Fact]
    public void Course_over_ground_tells_parallel_from_crossing_streets()
    {
        var net = Town();
        var matcher = Matcher(net);
        // Just north of the crossing, heading east: still on Main, though Side is nearer.
        matcher.Take(Start, Origin.MovedByM(148, 9), 8, 90, 1, _done);
        matcher.Finish(_done);
        Assert.StartsWith("Main", net.Segment(_done.Single().Edge));
    }

    [Fact]
    public void A_place_on_an_edge_is_the_same_from_both_ends()
    {
        var net = Town();
        for (var edge = 0; edge < net.Edges; edge++)
        {
            var (x, y) = net.At(edge, 30);
            var (backX, backY) = net.At(edge ^ 1, net.LengthM(edge) - 30);
            Assert.Equal(x, backX, 0.01);
            Assert.Equal(y, backY, 0.01);
            Assert.Equal(net.From(edge), net.To(edge ^ 1));
        }
    }

    [Fact]
    public void A_file_that_is_no_layer_is_named_in_the_error()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Data", "city", "LICENSE.md");
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => StreetNet.Load(path)).Message);
    }

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

    private static StreetMatcher Matcher(StreetNet net) => new(net, new MatchOptions());

    private void Fix(StreetMatcher matcher, double eastM, double northM) =>
        matcher.Take(Start.AddSeconds(_seconds++), Origin.MovedByM(eastM, northM), float.NaN, float.NaN, 1, _done);

    private StreetNet Town()
    {
        File.WriteAllText(_file, "{\"type\":\"FeatureCollection\",\"features\":["
            + string.Join(",", Line("Main-1", 0, (0, 0), (150, 0)), Line("Main-2", 0, (150, 0), (300, 0)), Line("Main-3", 0, (300, 0), (450, 0)),
                Line("Side", 0, (150, 0), (150, 80), (150, 200)), Line("Back", -1, (0, 20), (140, 20))) + "]}");
        return StreetNet.Load(_file);

        static string Line(string id, int direction, params (double East, double North)[] points) => string.Create(CultureInfo.InvariantCulture,
            $"{{\"type\":\"Feature\",\"properties\":{{\"ID\":\"{id}\",\"Direction\":\"{direction}\"}},\"geometry\":{{\"type\":\"LineString\",\"coordinates\":[{string.Join(",", points.Select(Pair))}]}}}}");

        static string Pair((double East, double North) p)
        {
            var at = Origin.MovedByM(p.East, p.North);
            return string.Create(CultureInfo.InvariantCulture, $"[{at.Longitude:F8},{at.Latitude:F8}]");
        }
    }
}
