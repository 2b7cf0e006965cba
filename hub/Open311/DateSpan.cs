namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>GeoReport's rule of 90 days on requested_datetime. Both ends belong to the span, to the whole second.</summary>
internal readonly record struct DateSpan(DateTimeOffset From, DateTimeOffset To)
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public const string TooLong = "start_date and end_date span more than 90 days: ask for 90 days at most";
    public const string Backwards = "end_date lies before start_date: give the earlier one as start_date";

    /// <summary>First millisecond that belongs to it.</summary>
    public long FromMs => From.ToUnixTimeMilliseconds();

    /// <summary>Last millisecond that belongs to it: what is shown as this second may have happened at its end.</summary>
    public long ToMs => LastMsOf(To);

    public static long LastMsOf(DateTimeOffset second) => second.ToUnixTimeMilliseconds() + 999;

    /// <summary>
    /// None: the last 90 days. Start only: 90 days from it, or until now. End only: the 90 days before it.
    /// </summary>
    /// <param name="start">First second; null: not asked.</param>
    /// <param name="end">Last second; null: not asked.</param>
    /// <param name="now">The present.</param>
    /// <param name="zone">The city's.</param>
    /// <param name="capped">False for updates, of which the extension names no longest span: whoever names a start gets all since.</param>
    /// <returns>The span, or why it is refused.</returns>
    public static (DateSpan Span, string? Fault) Of(GeoDate? start, GeoDate? end, DateTimeOffset now, TimeZoneInfo zone, bool capped = true)
    {
        var present = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        if (start is { } from && end is { } to)
        {
            if (to.At < from.At) return (default, Backwards);
            // Two local dates are as far apart as the calendar says, whether or not the clocks changed between them.
            var length = from.HasZone || to.HasZone
                ? to.At - from.At
                : TimeZoneInfo.ConvertTime(to.At, zone).DateTime - TimeZoneInfo.ConvertTime(from.At, zone).DateTime;
            return capped && length > Longest ? (default, TooLong) : (new DateSpan(from.At, to.At), null);
        }

        if (start is { } begin) return (new DateSpan(begin.At, capped && begin.At + Longest < present ? begin.At + Longest : present), null);
        var until = end?.At ?? present;
        return (new DateSpan(until - Longest, until), null);
    }
}
