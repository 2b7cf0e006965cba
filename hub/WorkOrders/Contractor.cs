using System.Data.Common;
using ThreeOneOne.Field.Hub.Crews;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>What a contractor may see: its own orders, and on them only what its own crews did.</summary>
/// <param name="Party">Its id.</param>
/// <param name="Crews">Ids of its crews.</param>
public sealed record Contractor(string Party, IReadOnlySet<string> Crews)
{
    public static Contractor Read(DbConnection connection, string party) =>
        new(party, CrewStore.OfContractor(connection, party).ToHashSet(StringComparer.Ordinal));

    /// <summary>Its work by contract, or given to one of its crews.</summary>
    public bool Owns(OrderSummary order) => order.Party == Party || (order.Crew is { } crew && Crews.Contains(crew));

    /// <summary>An order as it may see it: whoever else has it stays unnamed.</summary>
    public OrderSummary Mask(OrderSummary order) =>
        (order.Crew is null || Crews.Contains(order.Crew) ? order : order with { Crew = null, CrewName = null, Vehicle = null, Delivery = null })
            with { Party = order.Party == Party ? Party : null, Visits = 0 };
}
