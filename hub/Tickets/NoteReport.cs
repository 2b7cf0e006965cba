using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Tells sites where people reported a pothole, for as long as the request is open and its place is no guess.</summary>
public sealed class NoteReport(NoteSites notes)
{
    public void Follow(WriteScope scope, Ticket ticket)
    {
        if (ticket.Source is "sensor" or "crew") return;
        var stands = ticket is { Service: ServiceCode.Pothole, Status: Ticket.Open, PlaceDoubtful: false };
        notes.Set(scope, $"request:{ticket.Number}", stands ? new SiteNote($"request:{ticket.Number}", SiteNoteKind.Reported, ticket.At) : null);
    }
}
