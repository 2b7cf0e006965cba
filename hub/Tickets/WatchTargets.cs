using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// Looks at the target dates and raises alerts: before a breach, at it, and after it. The next step of each request is a
/// column, so a look costs what is due and not what is open.
/// </summary>
public sealed class WatchTargets(
    Database database, ServiceCatalogue catalogue, TicketsOptions options, DiskRoom room, TimeProvider time, ILogger<WatchTargets> log) : BackgroundService
{
    private const int Batch = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await LookAsync(stoppingToken).ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromSeconds(options.WatchSeconds), time, stoppingToken).ConfigureAwait(false);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "What is due stays due: the next look tries again.")]
    private async Task LookAsync(CancellationToken stop)
    {
        try
        {
            var raised = await RunAsync(stop).ConfigureAwait(false);
            if (raised > 0) log.AlertsRaised(raised);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            if (!room.IsFull(e)) log.WatchFailed(e);
        }
    }

    /// <summary>Takes every step that is due.</summary>
    /// <returns>How many alerts that raised.</returns>
    internal async Task<int> RunAsync(CancellationToken cancel)
    {
        var raised = 0;
        while (true)
        {
            var due = await database.ReadAsync(c => TargetAlertStore.Due(c, time.GetUtcNow(), Batch), cancel).ConfigureAwait(false);
            if (due.Count == 0) return raised;
            var left = new Queue<string>(due);
            await database.WriteInSlicesAsync(scope =>
            {
                while (left.TryDequeue(out var number))
                {
                    raised += Step(scope, number);
                    if (scope.MustYield) break;
                }

                return left.Count > 0;
            }, cancel).ConfigureAwait(false);
        }
    }

    private int Step(WriteScope scope, string number)
    {
        if (TicketStore.Find(scope, number) is not { AlertAt: not null } ticket) return 0;
        var raised = 0;
        var service = catalogue.Find(ticket.Service);
        var next = ticket;
        while (service is not null && ticket.Status == Ticket.Open && ticket.Parent is null && next.AlertAt is { } at && at <= scope.Now)
        {
            var step = service.Escalation[next.Escalated];
            var alert = new TargetAlert { Id = $"{number}.{step.Percent}", Request = number, Kind = step.Kind, Percent = step.Percent, Notify = step.Notify, At = scope.Now, TargetAt = ticket.TargetAt };
            TargetAlertStore.Add(scope, alert);
            TicketStore.AddHistory(scope, ticket, "hub", $"{step.Percent} % of the time to the target date has passed: {step.Notify} is told");
            scope.Raise(new AlertRaised(alert.Id));
            next = next with { Escalated = next.Escalated + 1 };
            next = next with { AlertAt = TicketClock.NextStep(next, service) };
            raised++;
        }

        // Ended, or of a service that is gone: nobody need look.
        if (raised == 0) next = next with { AlertAt = null };
        TicketStore.Save(scope, next);
        return raised;
    }
}
