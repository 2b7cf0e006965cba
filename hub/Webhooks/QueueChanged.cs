using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>Notes for every subscription that it has something to hear. Also for disabled ones, which hear it when they are enabled again.</summary>
public sealed class QueueChanged(WebhooksOptions options) : Reaction<PublicRequestChanged>
{
    public const string ReactionName = "webhooks.request-changed";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, PublicRequestChanged hubEvent)
    {
        var all = WebhookStore.All(scope.Connection, scope.Transaction);
        if (all.Count == 0 || TicketStore.Find(scope, hubEvent.Number) is not { } ticket) return;
        foreach (var webhook in all.Where(w => w.Services.Count == 0 || w.Services.Contains(ticket.Service)))
        {
            WebhookStore.Queue(scope, webhook.Id, ticket.Number, options.MaxPending);
            scope.Raise(new WebhookQueued(webhook.Id));
        }
    }
}
