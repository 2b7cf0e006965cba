using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>The request's own history says under which id the city has it.</summary>
public sealed class NotePassedOn(CitySystemOptions options) : Reaction<PassedOn>
{
    public const string ReactionName = "city.passed-on";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, PassedOn hubEvent)
    {
        if (TicketStore.Find(scope, hubEvent.Request) is { } ticket)
            TicketStore.AddHistory(scope, ticket, "hub", $"Passed on to {options.Name}, where it is {hubEvent.Remote}");
    }
}
