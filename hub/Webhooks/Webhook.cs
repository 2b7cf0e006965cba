namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>A subscription: where it goes, what it hears of, and how it stands.</summary>
public sealed record Webhook
{
    public const string Active = "active";
    public const string Disabled = "disabled";

    public required string Id { get; init; }

    public required string Url { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Of <see cref="WebhookEvent.All"/>.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Codes; empty: every public service.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Counts its secrets.</summary>
    public long SecretN { get; init; } = 1;

    /// <summary>By which a secret that is not the one given out is noticed. Says nothing about it.</summary>
    public string SecretCheck { get; init; } = "";

    public string State { get; init; } = Active;

    /// <summary>Why the newest delivery failed, or why it is disabled.</summary>
    public string? Cause { get; init; }

    /// <summary>Failures since the newest success.</summary>
    public int Failures { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Not before; null: at once.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Grows with each claim: an older one writes nothing any more.</summary>
    public long Fence { get; init; }

    /// <summary>Requests that were left out because too many waited.</summary>
    public long Dropped { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    public string? DeliveredEvent { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
