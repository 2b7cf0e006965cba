using System.Globalization;
using System.Text.Json;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Edge.Tests.Positioning;

/// <summary>What no played receiver makes gpsd say: its words as gpsd_json(5) has them.</summary>
public sealed class GpsdReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly SourceMeter meter = new(5, TimeProvider.System);
    private readonly GpsdReports reports;

    public GpsdReportTests() => reports = new GpsdReports(null, Now.AddDays(-30), meter);

    [Fact]
    public void The_first_moment_of_a_connection_is_left_out_because_it_grows()
    {
        Assert.Null(Say(Tpv(0)));
        Assert.Null(Say(Tpv(0)));
        Assert.Equal(Now.AddSeconds(1), Say(Tpv(1))!.Value.Time);
        Say("""{"class":"VERSION","release":"3.22"}""");
        Assert.Null(Say(Tpv(2)));
        Assert.NotNull(Say(Tpv(3)));
    }

    [Theory]
    [InlineData("""{"class":"TPV","mode":1,"time":"2026-03-01T12:00:01Z"}""", "no fix")]
    [InlineData("""{"class":"TPV"}""", "no fix")]
    [InlineData("""{"class":"TPV","mode":3,"lat":42.4,"lon":-71.1}""", "no date")]
    [InlineData("""{"class":"TPV","mode":3,"time":"2026-03-01T12:00:01Z"}""", "no position")]
    [InlineData("""{"class":"TPV","mode":2,"time":"2026-03-01T12:00:01Z","lat":0,"lon":0}""", "no position")]
    [InlineData("""{"class":"TPV","mode":3,"time":"2026-03-01T12:00:01Z","lat":"42","lon":-71.1}""", "no position")]
    [InlineData("""{"class":"TPV","mode":3,"status":5,"time":"2026-03-01T12:00:01Z","lat":42.4,"lon":-71.1}""", "dead reckoning, no fix")]
    [InlineData("""{"class":"TPV","mode":3,"time":"2006-07-16T12:00:01Z","lat":42.4,"lon":-71.1}""", "the receiver's date is 2006-07-16")]
    public void Without_a_fix_the_reason_is_said(string report, string reason)
    {
        Say(Tpv(0));
        var epoch = Say(report)!.Value;
        Assert.Equal(reason, epoch.NoFix);
        Assert.Null(epoch.At);
    }

    [Fact]
    public void A_standing_vehicle_has_no_course_and_the_sky_is_that_of_this_fix()
    {
        Say(Tpv(0));
        Say("""{"class":"SKY","hdop":0.9,"nSat":3,"satellites":[{"PRN":1,"used":true},{"PRN":2,"used":false},{"PRN":3,"used":true}]}""");
        var epoch = Say(Tpv(1))!.Value;
        Assert.Null(epoch.CourseDeg);
        Assert.Equal((0.9, 2), (epoch.Hdop, epoch.Satellites));
        Say("""{"class":"TPV","mode":1}""");
        Assert.Null(Say(Tpv(2))!.Value.Hdop);
    }

    [Fact]
    public void A_pulse_tells_when_its_moment_was_and_an_old_one_tells_nothing()
    {
        Say(Tpv(0));
        Say(string.Create(CultureInfo.InvariantCulture, $$"""{"class":"PPS","device":"/dev/pps0","real_sec":{{Now.AddSeconds(1).ToUnixTimeSeconds()}},"real_nsec":0,"clock_sec":1000,"clock_nsec":250000000,"precision":-20}"""));
        Assert.Equal(new PulseTime(Now.AddSeconds(1), DateTimeOffset.FromUnixTimeSeconds(1000).AddMilliseconds(250)), Say(Tpv(1))!.Value.Pulse);
        Assert.NotNull(Say(Tpv(2))!.Value.Pulse);
        Assert.Null(Say(Tpv(9))!.Value.Pulse);
        Say("""{"class":"PPS","real_sec":1e300,"real_nsec":0,"clock_sec":-5,"clock_nsec":0}""");
    }

    [Fact]
    public void A_receiver_that_is_gone_is_named()
    {
        Say("""{"class":"DEVICES","devices":[]}""");
        Assert.Equal("missing: gpsd has no receiver: plug it in, or name it in /etc/default/gpsd", meter.Health.ToString());
        Say(Tpv(0));
        Assert.NotEqual(SourceState.Missing, meter.Health.State);
        Say("""{"class":"DEVICE","path":"/dev/ttyACM0","activated":0}""");
        Assert.Equal("missing: gpsd has lost /dev/ttyACM0", meter.Health.ToString());
    }

    [Fact]
    public void One_receiver_of_several_can_be_picked()
    {
        var picked = new GpsdReports("/dev/ttyACM1", null, meter);
        using var zero = JsonDocument.Parse(Tpv(0).Replace("ACM0", "ACM1", StringComparison.Ordinal));
        using var other = JsonDocument.Parse(Tpv(1));
        using var mine = JsonDocument.Parse(Tpv(2).Replace("ACM0", "ACM1", StringComparison.Ordinal));
        Assert.Null(picked.Read(zero.RootElement));
        Assert.Null(picked.Read(other.RootElement));
        Assert.NotNull(picked.Read(mine.RootElement));
        // Another that is unplugged is no matter; a pulse on a pin of its own is the receiver's.
        using var unplugged = JsonDocument.Parse("""{"class":"DEVICE","path":"/dev/ttyACM0","activated":0}""");
        Assert.Null(picked.Read(unplugged.RootElement));
        Assert.NotEqual(SourceState.Missing, meter.Health.State);
        using var pulse = JsonDocument.Parse(string.Create(CultureInfo.InvariantCulture, $$"""{"class":"PPS","device":"/dev/pps0","real_sec":{{Now.AddSeconds(3).ToUnixTimeSeconds()}},"real_nsec":0,"clock_sec":1000,"clock_nsec":0}"""));
        Assert.Null(picked.Read(pulse.RootElement));
        using var next = JsonDocument.Parse(Tpv(3).Replace("ACM0", "ACM1", StringComparison.Ordinal));
        Assert.NotNull(picked.Read(next.RootElement)!.Value.Pulse);
    }

    [Theory]
    [InlineData("gpsd:localhost", "tcp:localhost:2947", null)]
    [InlineData("gpsd:receiver:3000", "tcp:receiver:3000", null)]
    [InlineData("gpsd:[::1]:3000:/dev/ttyACM0", "tcp:::1:3000", "/dev/ttyACM0")]
    [InlineData("gpsd:localhost:2947:/dev/serial/by-id/x:1", "tcp:localhost:2947", "/dev/serial/by-id/x:1")]
    public void Addresses_are_written_as_for_the_programs_of_gpsd(string text, string server, string? device)
    {
        Assert.True(GpsdAddress.TryParse(text, out var address));
        Assert.Equal((server, device), (address.Server.ToString(), address.Device));
    }

    [Theory]
    [InlineData("gpsd:")]
    [InlineData("gpsd:host:0")]
    [InlineData("gpsd:host:port")]
    [InlineData("gpsd:host:2947:ttyACM0")]
    [InlineData("gpsd:host:2947:/dev/a\"b")]
    [InlineData("tcp:host:2947")]
    public void Other_texts_are_no_address_of_gpsd(string text) => Assert.False(GpsdAddress.TryParse(text, out _));

    private static string Tpv(int second) =>
        $$"""{"class":"TPV","device":"/dev/ttyACM0","mode":3,"time":"{{Now.AddSeconds(second):yyyy-MM-ddTHH:mm:ss.fffZ}}","lat":42.37,"lon":-71.11,"speed":0.1}""";

    private GpsEpoch? Say(string report)
    {
        using var json = JsonDocument.Parse(report);
        return reports.Read(json.RootElement);
    }
}
