using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>What a delivery is about: told from what the subscription was told before and what is so now, so that nothing depends on what was passed over between.</summary>
public static class WebhookEvent
{
    public const string Opened = "request.opened";
    public const string Updated = "request.updated";
    public const string Closed = "request.closed";

    /// <summary>Asked for by a person, to see whether it arrives.</summary>
    public const string Ping = "ping";

    public static readonly IReadOnlyList<string> All = [Opened, Updated, Closed];

    /// <param name="told">Status that the subscription knows; null: it has never heard of the request.</param>
    /// <param name="now">Status for everybody: open or closed.</param>
    public static string Of(string? told, string now) =>
        told == now ? Updated : now == Ticket.Open ? Opened : Closed;
}
