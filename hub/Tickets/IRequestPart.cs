using System.Data.Common;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>What another capability adds to <c>GET /api/requests/{number}</c>.</summary>
public interface IRequestPart
{
    /// <summary>Name of the member.</summary>
    string Name { get; }

    /// <returns>Anything that JSON can hold; null leaves the member out.</returns>
    object? Read(DbConnection connection, Ticket ticket);
}
