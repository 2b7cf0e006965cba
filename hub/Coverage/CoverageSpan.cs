namespace ThreeOneOne.Field.Hub.Coverage;

/// <summary>A span of time that coverage is asked for: whole hours, the last week without a wish, a year at most.</summary>
public readonly record struct CoverageSpan(DateTimeOffset From, DateTimeOffset To)
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7), Longest = TimeSpan.FromDays(366);

    internal static (CoverageSpan Span, Dictionary<string, string[]>? Errors) Of(DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now)
    {
        var end = to ?? StreetHour.HourOf(now) + StreetHour.Length;
        var start = from ?? (end - DateTimeOffset.MinValue > Usual ? end - Usual : end);
        if (start >= end) return (default, new() { ["from"] = ["a time before 'to'"] });
        if (end - start > Longest) return (default, new() { ["from"] = [$"at most {Longest.TotalDays:0} days before 'to'"] });
        return (new CoverageSpan(StreetHour.HourOf(start), end), null);
    }
}
