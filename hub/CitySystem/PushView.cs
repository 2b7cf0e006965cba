namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>A push as the API shows it.</summary>
public sealed record PushView
{
    public required string Id { get; init; }

    /// <summary>Number of our request.</summary>
    public required string Request { get; init; }

    public required PushKind Kind { get; init; }

    public required PushState State { get; init; }

    /// <summary>Why it stands where it stands.</summary>
    public string? Cause { get; init; }

    /// <summary>The city's id.</summary>
    public string? Remote { get; init; }

    /// <summary>Another id under which the city has it too.</summary>
    public string? Second { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When something happens next by itself.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Begin of the newest POST.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>By which text to look for it at the city.</summary>
    public required string Marker { get; init; }

    /// <summary>The city's code of its service.</summary>
    public string? ServiceCode { get; init; }

    public double Lat { get; init; }

    public double Lon { get; init; }

    /// <summary>What a person can do: <c>retry</c>, <c>there</c>, <c>send-again</c>, <c>give-up</c>.</summary>
    public required IReadOnlyList<string> Choices { get; init; }

    /// <summary>What happened to it; null in lists.</summary>
    public IReadOnlyList<PushLine>? Log { get; init; }

    public static PushView Of(Push p, IReadOnlyList<PushLine>? log) => new()
    {
        Id = p.Id, Request = p.Request, Kind = p.Kind, State = p.State, Cause = p.Cause, Remote = p.Remote, Second = p.Second, Attempts = p.Attempts,
        CreatedAt = p.CreatedAt, UpdatedAt = p.UpdatedAt, DueAt = p.DueAt, SentAt = p.SentAt, Marker = p.Marker, ServiceCode = p.Body.ServiceCode,
        Lat = p.Body.Lat, Lon = p.Body.Lon, Choices = ChoicesOf(p.State), Log = log,
    };

    private static string[] ChoicesOf(PushState state) => state switch
    {
        PushState.OutcomeUnknown => ["there", "send-again", "give-up"],
        PushState.Failed => ["retry", "there", "give-up"],
        PushState.Waiting or PushState.Looking or PushState.Polling => ["there", "give-up"],
        PushState.GivenUp => ["there"],
        _ => [],
    };
}
