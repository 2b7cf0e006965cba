using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>A request that somebody must act on goes into the outbox, if it is of a source that the city hears of from us.</summary>
public sealed class PushOpened(CitySystemOptions options, Outbox outbox) : Reaction<RequestOpened>
{
    public const string ReactionName = "city.request-opened";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, RequestOpened hubEvent)
    {
        if (TicketStore.Find(scope, hubEvent.Number) is not { IsPublic: true, Parent: null } ticket || !options.Sources.Contains(ticket.Source)) return;
        // It came from there.
        if (options.ImportedAs.Length > 0 && ReferenceStore.Of(scope.Connection, ticket.Number, scope.Transaction).Any(r => r.System == options.ImportedAs)) return;
        if (CityStore.OfRequest(scope, ticket.Number).Find(p => p is { N: 0, State: PushState.GivenUp, Attempts: 0 }) is { } recalled)
        {
            // Withdrawn before it left, and now it is back.
            var again = recalled with { State = PushState.Waiting, Cause = null, DueAt = scope.Now, UpdatedAt = scope.Now };
            if (!CityStore.Save(scope, again, recalled.Fence)) return;
            CityStore.Log(scope, again.Id, "queued again: the request is back");
            scope.Raise(new PushQueued(again.Id));
            return;
        }

        outbox.Request(scope, ticket.Number, Body(ticket), ticket.Stage);
    }

    /// <summary>What the city is told, which shows it to everybody: never a vehicle, a crew or a name, and of descriptions only a resident's.</summary>
    public static PushBody Body(Ticket ticket)
    {
        var place = ticket.Address is { } address ? $" at {address}" : "";
        var evidence = ticket.Source switch
        {
            "sensor" => $". Found by road sensing: {Passes(ticket.EvidenceFor)} for, {ticket.EvidenceAgainst} against",
            "crew" => ". Found by a city crew",
            _ => PublicText.Description(ticket) is { Length: > 0 } text ? ". " + text : "",
        };
        return new PushBody
        {
            Service = ticket.Service, Lat = ticket.At.Latitude, Lon = ticket.At.Longitude, Address = ticket.Address, Description = ticket.Title + place + evidence,
        };
    }

    private static string Passes(int n) => n == 1 ? "1 pass" : $"{n} passes";
}
