using System.Data.Common;
using ThreeOneOne.Field.Hub.Automation;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>How a request that sensors proposed came about: the member <c>automation</c>.</summary>
public sealed class AutomationPart : IRequestPart
{
    public string Name => "automation";

    public object? Read(DbConnection connection, Ticket ticket)
    {
        if (ProposalStore.Find(connection, null, ticket.Number) is not { } proposal) return null;
        return new
        {
            proposal.State, proposal.Rule, ProposedAt = DateTimeOffset.FromUnixTimeMilliseconds(proposal.ProposedMs), PassesFor = proposal.For, PassesAgainst = proposal.Against,
            Belief = Math.Round(proposal.Belief, 3), proposal.FollowUpOf, FollowUp = ProposalStore.FollowUp(connection, null, ticket.Number),
            DecidedAt = proposal.DecidedMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : (DateTimeOffset?)null, proposal.DecidedBy, proposal.Reason, proposal.Note,
        };
    }
}
