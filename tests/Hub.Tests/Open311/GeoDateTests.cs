using ThreeOneOne.Field.Hub.Open311;

namespace ThreeOneOne.Field.Hub.Tests.Open311;

public sealed class GeoDateTests
{
    private static readonly TimeZoneInfo Boston = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 15, 30, 0, 900, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05z", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05.987Z", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05,9876543Z", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05-05:00", "2026-01-02T08:04:05Z")]
    [InlineData("2026-01-02T03:04:05+0530", "2026-01-01T21:34:05Z")]
    [InlineData("2026-01-02T03:04:05+00:00", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05 02:00", "2026-01-02T01:04:05Z")]
    [InlineData("2026-01-02T03:04:05 0200", "2026-01-02T01:04:05Z")]
    [InlineData("2026-01-02 03:04:05 +02:00", "2026-01-02T01:04:05Z")]
    [InlineData("2026-01-02T03:04-05", "2026-01-02T08:04:00Z")]
    [InlineData("2026-01-02T03:04:60Z", "2026-01-02T03:04:59Z")]
    [InlineData("2026-1-2T3:04:05Z", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05", "2026-01-02T08:04:05Z")]
    [InlineData("2026-07-02 03:04", "2026-07-02T07:04:00Z")]
    [InlineData("2026-01-02", "2026-01-02T05:00:00Z")]
    [InlineData("2026-07-02", "2026-07-02T04:00:00Z")]
    [InlineData(" 2026-01-02T03:04:05Z ", "2026-01-02T03:04:05Z")]
    [InlineData("0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z", "9000-12-31T23:59:59Z")]
    // Clocks went forward over it, and back over it.
    [InlineData("2026-03-08T02:30:00", "2026-03-08T07:30:00Z")]
    [InlineData("2026-11-01T01:30:00", "2026-11-01T06:30:00Z")]
    public void Dates_are_read_as_real_clients_write_them(string sent, string meant) =>
        Assert.Equal(meant, GeoDate.Write(GeoDate.TryRead(sent, Boston, end: false)!.Value.At));

    [Theory]
    [InlineData("yesterday")]
    [InlineData("")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-30T00:00:00Z")]
    [InlineData("2026-01-02T24:00:00Z")]
    [InlineData("2026-01-02T03:60:00Z")]
    [InlineData("2026-01-02T03:04:05+15:00")]
    [InlineData("20260102T030405Z")]
    [InlineData("1767323045")]
    [InlineData("2026-01-02T03:04:05Z; DROP TABLE requests")]
    [InlineData("٢٠٢٦-٠١-٠٢")]
    public void What_is_no_date_is_none(string sent) => Assert.Null(GeoDate.TryRead(sent, Boston, end: false));

    [Fact]
    public void A_day_ends_with_its_last_second() =>
        Assert.Equal("2026-01-03T04:59:59Z", GeoDate.Write(GeoDate.TryRead("2026-01-02", Boston, end: true)!.Value.At));

    [Theory]
    [InlineData(null, null, "2026-08-24T15:30:00Z", "2026-11-22T15:30:00Z")]
    [InlineData("2026-01-01T00:00:00Z", null, "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z")]
    [InlineData("2026-11-01T00:00:00Z", null, "2026-11-01T00:00:00Z", "2026-11-22T15:30:00Z")]
    [InlineData(null, "2026-04-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z")]
    [InlineData("2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z")]
    [InlineData("2026-01-01T00:00:00Z", "2026-04-01T00:00:01Z", null, DateSpan.TooLong)]
    [InlineData("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z", null, DateSpan.Backwards)]
    // 90 days on the calendar, an hour more on the clock: the clocks went back between them.
    [InlineData("2026-09-01", "2026-11-29", "2026-09-01T04:00:00Z", "2026-11-30T04:59:59Z")]
    [InlineData("2026-09-01", "2026-11-30", null, DateSpan.TooLong)]
    [InlineData("2027-01-01T00:00:00Z", null, "2027-01-01T00:00:00Z", "2026-11-22T15:30:00Z")]
    public void The_span_is_90_days_at_most(string? start, string? end, string? from, string toOrFault)
    {
        GeoDate? Read(string? text, bool isEnd) => text is null ? null : GeoDate.TryRead(text, Boston, isEnd);
        var (span, fault) = DateSpan.Of(Read(start, false), Read(end, true), Now, Boston);
        Assert.Equal(from is null ? toOrFault : null, fault);
        if (from is null) return;
        Assert.Equal((from, toOrFault), (GeoDate.Write(span.From), GeoDate.Write(span.To)));
    }

    [Fact]
    public void The_last_second_of_a_span_belongs_to_it_to_its_end()
    {
        var (span, _) = DateSpan.Of(null, null, Now, Boston);
        Assert.Equal(999, span.ToMs % 1_000);
        Assert.True(Now.ToUnixTimeMilliseconds() <= span.ToMs);
        Assert.Equal(0, span.FromMs % 1_000);
    }
}
