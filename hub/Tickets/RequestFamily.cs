using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>A request and what repeats it: their work counts together.</summary>
internal static class RequestFamily
{
    /// <summary>The request that this one repeats in the end: itself when it repeats none.</summary>
    public static Ticket Root(WriteScope scope, Ticket ticket)
    {
        while (ticket.Parent is { } parent && TicketStore.Find(scope, parent) is { } next) ticket = next;
        return ticket;
    }

    /// <summary>Its orders, and those that crews have begun for what repeats it, in the order of their numbers.</summary>
    public static List<LinkedOrder> Orders(WriteScope scope, Ticket root)
    {
        var orders = TicketStore.Orders(scope.Connection, scope.Transaction, root.Number);
        if (root.Reports == 0) return orders;
        var open = new Queue<Ticket>(LinkStore.Children(scope, root.Number));
        while (open.TryDequeue(out var child))
        {
            orders.AddRange(TicketStore.Orders(scope.Connection, scope.Transaction, child.Number).Where(o => o.HasBegun));
            if (child.Reports > 0) LinkStore.Children(scope, child.Number).ForEach(open.Enqueue);
        }

        return [.. orders.OrderBy(o => o.Number, StringComparer.Ordinal)];
    }
}
