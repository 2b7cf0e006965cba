using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>What residents may read of a request goes to the city, too, if it knows the request; never what came from the city itself.</summary>
public sealed class PushUpdated(CitySystemOptions options, Outbox outbox) : Reaction<RequestUpdated>
{
    public const string ReactionName = "city.request-updated";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, RequestUpdated hubEvent)
    {
        if (!options.Quirks.Updates || CityLinkStore.Find(scope, hubEvent.Number) is not { } link) return;
        if (TicketStore.Find(scope, hubEvent.Number) is not { } ticket || link.AppliedAt == ticket.UpdatedAt) return;
        if (TicketReading.UpdatesOf(scope.Connection, [hubEvent.Number]).FirstOrDefault(u => u.Id == hubEvent.UpdateId) is not { } update) return;
        if (!options.Quirks.Statuses.ContainsKey(update.Stage) || update.Text.Length == 0) return;
        outbox.Update(scope, ticket.Number, new PushBody
        {
            Service = ticket.Service, Lat = ticket.At.Latitude, Lon = ticket.At.Longitude, Description = PublicText.Of(update.Text), Stage = update.Stage, At = update.At, UpdateId = update.Id,
        });
    }
}
