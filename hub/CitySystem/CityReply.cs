namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>What came of one call to the city's server.</summary>
/// <param name="How">How far the call got.</param>
/// <param name="Status">HTTP status; 0 without one.</param>
/// <param name="Document">The answer; null without one.</param>
/// <param name="Cause">Why there is none, or what the city said against it, for people; never holds the key.</param>
/// <param name="RetryAfter">How long the city wants to be left alone.</param>
public sealed record CityReply(CityReply.Reach How, int Status, CityDocument? Document, string? Cause, TimeSpan? RetryAfter)
{
    public enum Reach
    {
        /// <summary>Not one byte of it reached the server.</summary>
        NotSent,

        /// <summary>Sent, wholly or in part; no whole answer came.</summary>
        Broken,

        /// <summary>Answered.</summary>
        Answered,
    }

    public bool IsSuccess => How == Reach.Answered && Status is >= 200 and < 300;
}
