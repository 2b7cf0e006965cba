using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// Makes the targets of services stand still while an event of the city lasts, and go on with what they had left. A city has
/// thousands of open requests: they are gone through some at a time, and the event is raised again for the rest.
/// </summary>
public sealed class SuspendTargets(ChangeTicket change)
{
    private const int AtOnce = 200;
    private const string Who = "hub";

    /// <returns>The services that have more.</returns>
    public string[] Suspend(WriteScope scope, string cause, IEnumerable<string> services, DateTimeOffset from)
    {
        var more = new List<string>();
        foreach (var service in services)
        {
            SuspensionStore.Suspend(scope, service, cause, from);
            var running = SuspensionStore.Running(scope, service, AtOnce);
            foreach (var ticket in running) change.Save(scope, ticket, ticket with { Suspended = cause }, Who, "Its target stands still: an event takes all hands");
            if (running.Count == AtOnce) more.Add(service);
        }

        return [.. more];
    }

    /// <inheritdoc cref="Suspend"/>
    public string[] Resume(WriteScope scope, IEnumerable<string> services)
    {
        var more = new List<string>();
        foreach (var service in services)
        {
            SuspensionStore.Resume(scope, service);
            var standing = SuspensionStore.Standing(scope, service, AtOnce);
            foreach (var ticket in standing) change.Save(scope, ticket, ticket with { Suspended = null }, Who, ticket.Status == Ticket.Open ? "The event is over: its target goes on" : null);
            if (standing.Count == AtOnce) more.Add(service);
        }

        return [.. more];
    }
}
