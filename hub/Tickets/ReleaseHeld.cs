using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Automation;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// Lets go what an earlier day's cap held, in order of rank, as far as today's goes; what is held where automatic has ended
/// is given to review.
/// </summary>
public sealed class ReleaseHeld(Database database, ProposalGate gate, ReviewRequest review, ChangeTicket change, TimeProvider time, ILogger<ReleaseHeld> log) : BackgroundService
{
    private const int AtOnce = 10_000;
    private const string Who = "hub";

    /// <summary>Looks at everything that is held.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var held = await database.ReadAsync(c => ReviewList.Held(c, AtOnce), cancel).ConfigureAwait(false);
        if (held.Count == 0) return;
        var done = 0;
        var full = new HashSet<(string, string?)>();
        await database.WriteInSlicesAsync(scope =>
        {
            while (done < held.Count && !scope.MustYield) Look(scope, held[done++], full);
            return done < held.Count;
        }, cancel).ConfigureAwait(false);
    }

    private void Look(WriteScope scope, (string Number, string Service, string? District) held, HashSet<(string, string?)> full)
    {
        if (full.Contains((held.Service, held.District)) || TicketStore.Find(scope, held.Number) is not { Stage: TicketStage.Held, Status: Ticket.Open } ticket) return;
        if (ProposalStore.Find(scope, held.Number) is not { } proposal) return;
        if (gate.ModeOf(scope, proposal.Service, proposal.District) != AutomationMode.Automatic)
        {
            change.Save(scope, ticket, TicketLife.Apply(ticket, TicketMove.Release), Who, "Given to review: automation has ended here");
            ProposalStore.Save(scope, proposal with { State = Proposal.InReview });
        }
        else if (gate.Take(scope, proposal.Service, proposal.District))
        {
            review.Accept(scope, ticket, proposal, Proposal.Automatic, Who, "Released: today's share has room", note: null);
        }
        else
        {
            full.Add((held.Service, held.District));
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever hinders it now, what is held is still there with the next look.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(gate.Options.Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await RunAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.NotReleased(e, gate.Options.Every);
            }
        }
    }
}
