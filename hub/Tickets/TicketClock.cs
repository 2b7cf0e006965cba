using ThreeOneOne.Field.Hub.Catalogue;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// The time that a request has: open hours of its service's calendar, which do not pass while it waits for something that
/// the catalogue lists, is somebody else's, or has not been accepted. Pure.
/// </summary>
public static class TicketClock
{
    /// <summary>Waiting that is not a work order's, by the stage that it goes with.</summary>
    public const string Referral = "referral";

    /// <summary>Waiting while an event of the city, such as a snow storm, takes all hands.</summary>
    public const string Event = "event";

    /// <summary>The clock after a change.</summary>
    /// <param name="before">As it was, with its clock.</param>
    /// <param name="after">As it is now, with the clock of before.</param>
    /// <param name="service">Its service; null when the catalogue no longer has it: then nothing changes.</param>
    /// <param name="now">When.</param>
    public static Ticket Follow(Ticket before, Ticket after, Service? service, DateTimeOffset now)
    {
        if (service is null) return after;
        var work = service.TargetWork(after.Priority);
        var next = after;
        if (after.ClockFrom is { } since && !Runs(after, service))
        {
            var used = after.ClockUsed + service.Calendar.Between(since, now);
            // What is late stays late, however long it waits now; what has ended keeps the date that it had.
            next = next with { ClockFrom = null, ClockUsed = used, TargetAt = used >= work || after.Status != Ticket.Open ? after.TargetAt : null };
        }
        else if (after.ClockFrom is null && Runs(after, service))
        {
            next = next with { ClockFrom = now, TargetAt = after.TargetAt is { } late && late <= now && after.ClockUsed >= work ? late : service.Calendar.Add(now, work - after.ClockUsed) };
        }
        else if (after.ClockFrom is { } from && before.Priority != after.Priority)
        {
            next = next with { TargetAt = service.Calendar.Add(from, work - after.ClockUsed) };
        }

        return next with { AlertAt = NextStep(next, service) };
    }

    /// <summary>When the next step of the escalation is due while the clock runs; null while it stands, and when there is none left.</summary>
    public static DateTimeOffset? NextStep(Ticket ticket, Service service) =>
        ticket.ClockFrom is { } from && ticket.Escalated < service.Escalation.Count
            ? service.Calendar.Add(from, service.TargetWork(ticket.Priority) * (service.Escalation[ticket.Escalated].Percent / 100.0) - ticket.ClockUsed)
            : null;

    /// <summary>Whether time passes for it.</summary>
    public static bool Runs(Ticket ticket, Service service) =>
        ticket.Status == Ticket.Open && (ticket.Suspended is null || !service.PauseReasons.Contains(Event)) && ticket.Stage switch
        {
            TicketStage.Review or TicketStage.Held => false,
            TicketStage.Waiting => ticket.WaitReason is null || !service.PauseReasons.Contains(ticket.WaitReason),
            TicketStage.Referred => !service.PauseReasons.Contains(Referral),
            _ => true,
        };
}
