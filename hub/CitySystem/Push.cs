namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>One row of the outbox to the city.</summary>
public sealed record Push
{
    public required string Id { get; init; }

    /// <summary>Number of our request.</summary>
    public required string Request { get; init; }

    public required PushKind Kind { get; init; }

    /// <summary>Order among the pushes of one request; 0 is the request itself.</summary>
    public required long N { get; init; }

    /// <summary>Opaque text by which it is known again at the city.</summary>
    public required string Marker { get; init; }

    /// <summary>What is sent, the same at every attempt.</summary>
    public required PushBody Body { get; init; }

    public PushState State { get; init; }

    /// <summary>POSTs that were begun.</summary>
    public int Attempts { get; init; }

    /// <summary>Steps in a row without progress: back-off grows with them.</summary>
    public int Troubles { get; init; }

    /// <summary>When it is looked at next; null when nothing happens by itself any more.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Begin of the first POST.</summary>
    public DateTimeOffset? FirstSentAt { get; init; }

    /// <summary>Begin of the newest POST.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>From then on the city's list shows whatever came of the newest POST.</summary>
    public DateTimeOffset? VisibleBy { get; init; }

    /// <summary>What the city gave in place of an id.</summary>
    public string? Token { get; init; }

    /// <summary>The city's id.</summary>
    public string? Remote { get; init; }

    /// <summary>Another id under which the city has it too: it must be closed there by a person.</summary>
    public string? Second { get; init; }

    /// <summary>Why it stands where it stands, for people.</summary>
    public string? Cause { get; init; }

    /// <summary>Grows with every claim: an answer to an older claim is late.</summary>
    public long Fence { get; init; }

    public string? LeaseOwner { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
