namespace ThreeOneOne.Field.Hub.Access;

/// <summary>Times in tables are Unix milliseconds; in answers they are UTC instants.</summary>
internal static class Instant
{
    public static DateTimeOffset From(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    public static DateTimeOffset? From(long? ms) => ms is null ? null : From(ms.Value);
}
