namespace ThreeOneOne.Field.Hub.Coverage;

/// <summary>What was sensed on one street segment in one hour of GPS time. Knows no vehicle and no crew.</summary>
/// <param name="Segment">The city's id of the segment.</param>
/// <param name="Hour">The hour's begin, UTC.</param>
/// <param name="Sums">All of it so far.</param>
public sealed record StreetHour(string Segment, DateTimeOffset Hour, StreetSums Sums)
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(1);

    /// <summary>The begin of the hour that a time lies in.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset at)
    {
        var hours = Math.Floor(at.ToUnixTimeMilliseconds() / Length.TotalMilliseconds);
        return DateTimeOffset.FromUnixTimeMilliseconds((long)(hours * Length.TotalMilliseconds));
    }
}
