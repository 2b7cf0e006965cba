using System.Data.Common;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>The numbers that a request has in other systems: the member <c>references</c>.</summary>
public sealed class ReferencePart : IRequestPart
{
    public string Name => "references";

    public object? Read(DbConnection connection, Ticket ticket) => ReferenceStore.Of(connection, ticket.Number) is { Count: > 0 } known ? known : null;
}
