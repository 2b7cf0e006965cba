namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>What came of one step, in the words that <see cref="PushLife"/> decides by.</summary>
public abstract record PushAnswer(string? Cause)
{
    /// <summary>The city has it, under this id.</summary>
    public sealed record Stored(string Remote) : PushAnswer((string?)null);

    /// <summary>The city has it and will give it an id.</summary>
    public sealed record Taken(string Token) : PushAnswer((string?)null);

    /// <summary>It certainly did not reach the city: no connection, or a refusal to listen.</summary>
    public sealed record NotSent(string Cause, TimeSpan? RetryAfter = null) : PushAnswer(Cause);

    /// <summary>The city read it and did not take it.</summary>
    public sealed record Refused(string Cause) : PushAnswer(Cause);

    /// <summary>Nobody knows whether the city has it.</summary>
    public sealed record Uncertain(string Cause) : PushAnswer(Cause);

    /// <summary>The city's list, complete for the time in question, does not have it.</summary>
    /// <param name="Began">When the list was asked for.</param>
    public sealed record Absent(DateTimeOffset Began) : PushAnswer((string?)null);

    /// <summary>The city's list has what may be it.</summary>
    /// <param name="Began">When the list was asked for.</param>
    /// <param name="Cause">What stands in the way, with the candidates.</param>
    public sealed record Ambiguous(DateTimeOffset Began, string Cause) : PushAnswer(Cause);

    /// <summary>A look-up or a poll that told nothing.</summary>
    public sealed record NoNews(string Cause, TimeSpan? RetryAfter = null) : PushAnswer(Cause);
}
