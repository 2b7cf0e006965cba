using System.Data.Common;
using System.Security.Cryptography;
using ThreeOneOne.Field.Hub.Open311;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>What a delivery says: the event, and the request exactly as Open311 shows it with <c>extensions=true</c>.</summary>
internal sealed class WebhookBody(PublicRequests requests, HubOptions hub)
{
    // Not news by themselves: passes say where a vehicle is, and a time of change without a change says nothing.
    private static readonly string[] NoNews = ["updated_datetime", "evidence"];

    /// <returns>Null when the request may not be seen any more, or nothing that shows is new, or the subscription does not want it.</returns>
    public Message? Of(DbConnection connection, Webhook webhook, Waiting waiting)
    {
        var eventId = FormattableString.Invariant($"{webhook.Id}-{waiting.N}");
        if (waiting.Request.Length == 0) return new Message(eventId, null, null, Write(eventId, WebhookEvent.Ping, null));
        if (TicketStore.Find(connection, null, waiting.Request) is not { } ticket || !requests.IsPublic(ticket)) return null;
        var view = requests.Extended(connection, [ticket], requests.Endpoint)[0];
        var (status, digest) = (RequestView.StatusOf(ticket), Digest(view));
        // What was there before the subscription is known to be open at best.
        var kind = WebhookEvent.Of(waiting.Told ?? (ticket.PublicAt >= webhook.CreatedAt ? null : Ticket.Open), status);
        if (digest == waiting.Digest || !webhook.Events.Contains(kind)) return new Message(eventId, status, digest, null);
        return new Message(eventId, status, digest, Write(eventId, kind, view));
    }

    private byte[] Write(string eventId, string kind, GeoNode.Group? request) => GeoWriter.Write("event", new GeoNode.Group
    {
        { "event_id", eventId },
        { "event_type", kind },
        { "jurisdiction_id", hub.Jurisdiction },
        { "request", request },
    }, GeoFormat.Json);

    private static string Digest(GeoNode.Group view) => Convert.ToHexStringLower(SHA256.HashData(GeoWriter.Write("request", News(view), GeoFormat.Json)))[..16];

    private static GeoNode.Group News(GeoNode.Group view)
    {
        var news = new GeoNode.Group();
        foreach (var (name, node) in view.Where(m => !NoNews.Contains(m.Name))) news.Add(name, node is GeoNode.Group inner ? News(inner) : node);
        return news;
    }

    /// <param name="EventId">The same at every try of the same news.</param>
    /// <param name="Status">What the subscription knows after it.</param>
    /// <param name="Digest">Of what it was shown.</param>
    /// <param name="Bytes">Null: nothing has to be sent.</param>
    public sealed record Message(string EventId, string? Status, string? Digest, byte[]? Bytes);
}
