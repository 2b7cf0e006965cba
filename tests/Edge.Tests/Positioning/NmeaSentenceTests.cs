using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Edge.Tests.Positioning;

public sealed class NmeaSentenceTests
{
    private static string Checked(string body)
    {
        var sum = body.Aggregate(0, (s, c) => s ^ c);
        return $"${body}*{sum:X2}";
    }

    private static List<GpsEpoch> Merge(params string[] bodies)
    {
        var merger = new NmeaMerger(null);
        var epochs = new List<GpsEpoch>();
        foreach (var body in bodies)
        {
            Assert.True(NmeaSentence.TryRead(Checked(body), out var sentence));
            var (first, second) = merger.Add(sentence);
            if (first is { } a) epochs.Add(a);
            if (second is { } b) epochs.Add(b);
        }

        if (merger.Flush() is { } rest) epochs.Add(rest);
        return epochs;
    }

    [Theory]
    [InlineData("")]
    [InlineData("************ program startup ************")]
    [InlineData("$GPRMC,235234,A,3925.9702,N,11945.9354,W,45.1,153.1,250905,15.2,E,A*02")]
    [InlineData("$GPRMC,235234,A,3925.9702,N,11945.9354,W,45.1,153.1,250905,15.2,E,A")]
    [InlineData("$GPRMC,235234,A,3925.9702,N,11945.9354,W,45.1,153.1,250905,15.2,E,A*")]
    [InlineData("$*00")]
    [InlineData("$GPRMC,235234*ZZ")]
    public void A_line_without_a_right_checksum_is_no_sentence(string line) => Assert.False(NmeaSentence.TryRead(line, out _));

    [Fact]
    public void A_void_status_gives_no_place_although_it_carries_one()
    {
        var epoch = Assert.Single(Merge("GPRMC,120000,V,4221.0,N,07106.0,W,0,0,010326,,"));

        Assert.Null(epoch.At);
        Assert.Equal("no fix", epoch.NoFix);
    }

    [Fact]
    public void Zero_coordinates_never_pass()
    {
        var epoch = Assert.Single(Merge("GPRMC,120000,A,0000.0,N,00000.0,E,0,0,010326,,"));

        Assert.Null(epoch.At);
        Assert.Equal("no position", epoch.NoFix);
    }

    [Fact]
    public void Without_a_date_there_is_no_fix() =>
        Assert.Equal("no date", Assert.Single(Merge("GPGGA,120000,4221.0,N,07106.0,W,1,08,0.9,10,M,,M,,")).NoFix);

    [Fact]
    public void A_moment_without_its_own_date_passes_midnight()
    {
        var epochs = Merge(
            "GPRMC,235959,A,4221.0,N,07106.0,W,10,90,280226,,",
            "GPGGA,235959,4221.0,N,07106.0,W,1,08,0.9,10,M,,M,,",
            "GPGGA,000000,4221.1,N,07106.0,W,1,08,0.9,10,M,,M,,");

        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), epochs[^1].Time);
    }

    [Fact]
    public void From_the_second_moment_a_fix_does_not_wait_for_the_next_one()
    {
        var merger = new NmeaMerger(null);
        (GpsEpoch? First, GpsEpoch? Second) last = default;
        foreach (var second in new[] { "00", "01" })
        {
            foreach (var body in new[] { $"GNRMC,1200{second},A,4221.0,N,07106.0,W,10,90,010326,,,A", $"GNGGA,1200{second},4221.0,N,07106.0,W,1,08,0.9,10,M,,M,," })
            {
                Assert.True(NmeaSentence.TryRead(Checked(body), out var sentence));
                last = merger.Add(sentence);
            }
        }

        Assert.Equal(0.9, last.Second?.Hdop);
        Assert.Null(merger.Flush());
    }

    [Fact]
    public void Two_digit_years_from_80_are_of_the_last_century() =>
        Assert.Equal(1980, Assert.Single(Merge("GPRMC,000012,A,4221.0,N,07106.0,W,0,0,060180,,")).Time?.Year);
}
