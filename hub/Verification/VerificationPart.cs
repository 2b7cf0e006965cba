using System.Data.Common;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Verification;

/// <summary>What later passes say about a request's newest repair: the member <c>verification</c>.</summary>
public sealed class VerificationPart : IRequestPart
{
    public string Name => "verification";

    public object? Read(DbConnection connection, Ticket ticket) =>
        RepairStore.OfRequest(connection, ticket.Number) is [var newest, ..] ? RepairView.Of(newest) : null;
}
