namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Which of the requests that everybody may see.</summary>
public sealed record PublicFilter
{
    /// <summary>When not empty, only these, whatever else is asked.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>Codes of services whose requests may be seen, of which some were asked for.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    public bool Open { get; init; } = true;

    /// <summary>Closed and withdrawn ones.</summary>
    public bool Closed { get; init; } = true;

    /// <summary>Unix milliseconds; both ends belong to it.</summary>
    public long? OpenedFromMs { get; init; }

    public long? OpenedToMs { get; init; }

    public long? UpdatedFromMs { get; init; }

    public long? UpdatedToMs { get; init; }

    /// <summary>Part of number, title or address. Never of what people wrote.</summary>
    public string? Text { get; init; }

    /// <summary>In order of their last change, not of their opening; the newest first.</summary>
    public bool ByUpdated { get; init; }

    /// <summary>Rows to leave out, without a cursor.</summary>
    public int Skip { get; init; }

    public required int Limit { get; init; }

    /// <summary>Where the page before ended; its time is that of the order.</summary>
    public RequestCursor? After { get; init; }
}
