namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// The evidence of a request as it was when a day of the city began. Outside, that is what is told for the rest of the day: whoever asks
/// every minute must not see a vehicle pass.
/// </summary>
/// <param name="Day">The day's number; evidence that did not change on it is told as it is.</param>
/// <param name="For">Passes that had found the defect.</param>
/// <param name="Against">Passes that had not.</param>
/// <param name="LastMs">The last of them, Unix milliseconds; null for none.</param>
public readonly record struct EvidenceBefore(int Day, int For, int Against, long? LastMs)
{
    public static int DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime).DayNumber;

    /// <summary>A request after its evidence changed: the day's first change keeps what was so before.</summary>
    /// <param name="before">The request as it is stored; null when it is new.</param>
    /// <param name="after">As it will be.</param>
    /// <param name="today"><see cref="DayOf"/> now.</param>
    public static Ticket Keep(Ticket? before, Ticket after, int today)
    {
        if (before is null) return after with { Before = new EvidenceBefore(today, 0, 0, null) };
        if (before.Before.Day == today || (before.EvidenceFor, before.EvidenceAgainst, before.EvidenceLast) == (after.EvidenceFor, after.EvidenceAgainst, after.EvidenceLast)) return after;
        return after with { Before = new EvidenceBefore(today, before.EvidenceFor, before.EvidenceAgainst, before.EvidenceLast?.ToUnixTimeMilliseconds()) };
    }

    /// <summary>What is told of a request today.</summary>
    public static (int For, int Against, DateTimeOffset? Last) Told(Ticket ticket, int today)
    {
        var before = ticket.Before;
        return before.Day == today
            ? (before.For, before.Against, before.LastMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null)
            : (ticket.EvidenceFor, ticket.EvidenceAgainst, ticket.EvidenceLast);
    }
}
