using System.Data.Common;

namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>A subscription as people of the city see it: never its secret.</summary>
public sealed record WebhookView
{
    private const int MostRefused = 20;

    public required string Id { get; init; }

    /// <summary>Without its query, which may hold a token of the receiver's.</summary>
    public required string Url { get; init; }

    public required string Description { get; init; }

    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Empty: every public service.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>active or disabled.</summary>
    public required string State { get; init; }

    /// <summary>Why the newest delivery failed, or why it is disabled.</summary>
    public string? Cause { get; init; }

    public int Failures { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>The next try; null: at once, or never while it is disabled.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>Requests of which it has yet to hear.</summary>
    public long Pending { get; init; }

    /// <summary>Requests that were left out because too many waited.</summary>
    public long Dropped { get; init; }

    /// <summary>Requests whose news the receiver refuses, the oldest twenty: others go on meanwhile.</summary>
    public required IReadOnlyList<WebhookRefusal> Refused { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>Id of the newest event that arrived.</summary>
    public string? DeliveredEvent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static WebhookView Of(DbConnection connection, Webhook webhook, long pending, DbTransaction? transaction = null) =>
        Of(webhook, pending, WebhookStore.Refusals(connection, webhook.Id, MostRefused, transaction));

    public static WebhookView Of(Webhook webhook, long pending, IReadOnlyList<WebhookRefusal> refused) => new()
    {
        Id = webhook.Id, Url = Shown(webhook.Url), Description = webhook.Description, Events = webhook.Events, Services = webhook.Services, State = webhook.State, Cause = webhook.Cause,
        Failures = webhook.Failures, FailingSince = webhook.FailingSince, NextTryAt = webhook.DueAt, Pending = pending, Refused = refused, Dropped = webhook.Dropped, DeliveredAt = webhook.DeliveredAt,
        DeliveredEvent = webhook.DeliveredEvent, CreatedAt = webhook.CreatedAt,
    };

    /// <summary>An address for listings and the audit log.</summary>
    public static string Shown(string url) => new Uri(url) is var uri && uri.Query.Length > 0 ? uri.GetLeftPart(UriPartial.Path) + "?…" : url;
}
