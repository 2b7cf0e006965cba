namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>A list of the city, whole, or why it isn't: a list that may lack something proves nothing.</summary>
/// <param name="Rows">Null when it could not be had whole.</param>
/// <param name="Fault">Why not, for people.</param>
/// <param name="RetryAfter">When the city wants to be asked again.</param>
public sealed record CityList<T>(IReadOnlyList<T>? Rows, string? Fault, TimeSpan? RetryAfter);

internal static class CityList
{
    public static CityList<T> Of<T>(IReadOnlyList<T> rows) => new(rows, null, null);

    public static CityList<T> Not<T>(string fault, TimeSpan? retryAfter = null) => new(null, fault, retryAfter);
}
