using System.Collections.Immutable;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// The state of an order as a pure fold of everything that was done with it, in canonical order: a late or repeated action
/// gives the same state as one in time. Nobody is refused: what the state doesn't need stays as a visit.
/// </summary>
public static class WorkOrder
{
    /// <param name="history">Everything done with the order, in any order.</param>
    /// <param name="byCrew">The order exists because a crew fixed something: taking that back leaves nothing.</param>
    public static OrderState Fold(IEnumerable<OrderEvent> history, bool byCrew)
    {
        var events = history.ToList();
        events.Sort(OrderEvent.Canonical);
        events = [.. events.DistinctBy(e => e.Name)];
        var undone = Undone(events);
        var state = new OrderState();
        foreach (var e in events)
        {
            if (e.Kind is OrderEventKind.Undo or OrderEventKind.Unknown || (e.Action is not null && undone.Contains(e.Action))) continue;
            state = e.FromCrew ? ByCrew(state, e) : ByOffice(state, e);
        }

        return byCrew && state.State == OrderState.Unassigned ? state with { State = OrderState.Cancelled } : state;
    }

    // Backwards, so that an undo that was itself undone takes nothing back.
    private static ImmutableHashSet<string> Undone(List<OrderEvent> events)
    {
        var undone = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        for (var i = events.Count - 1; i >= 0; i--)
        {
            if (events[i] is { Kind: OrderEventKind.Undo, Undoes: { } target } undo && (undo.Action is null || !undone.Contains(undo.Action)))
                undone.Add(target);
        }

        return undone.ToImmutable();
    }

    private static OrderState ByOffice(OrderState state, OrderEvent e)
    {
        if (state.State == OrderState.FieldComplete) return state;
        if (e.Kind == OrderEventKind.Cancel)
            return state.State is OrderState.Unassigned or OrderState.Assigned ? state with { State = OrderState.Cancelled, Crew = null } : state;
        // The same crew again while it works: clocks that differ by a second must not throw it back.
        if (e.Crew == state.Crew && state.State is (OrderState.Accepted or OrderState.Arrived or OrderState.Started or OrderState.Suspended)) return state;
        return state with
        {
            State = e.Crew is null ? OrderState.Unassigned : OrderState.Assigned, Crew = e.Crew, Vehicle = null, Reason = null, Seen = false, Decided = null,
        };
    }

    private static OrderState ByCrew(OrderState state, OrderEvent e)
    {
        var completes = e.Kind is OrderEventKind.Complete or OrderEventKind.FixedHere;
        // Two crews completing one job: the first by work time counts, the second was there too.
        if (state.State == OrderState.FieldComplete) return completes || e.Kind == OrderEventKind.CannotComplete ? state with { Visits = state.Visits + 1 } : state;
        if (!completes && state.Crew is not null && state.Crew != e.Crew)
            return e.Automatic || e.Kind == OrderEventKind.Seen ? state : state with { Visits = state.Visits + 1 };
        if (e.Kind == OrderEventKind.Seen) return state with { Seen = true };
        var next = state with { Crew = e.Crew, Vehicle = e.Vehicle, Far = state.Far || e.Far };
        return e.Kind switch
        {
            OrderEventKind.Accept => Waiting(state) ? next with { State = OrderState.Accepted } : next,
            OrderEventKind.Arrive => Arrives(state, e) ? next with { State = OrderState.Arrived, Reason = null } : next,
            OrderEventKind.Start => next with { State = OrderState.Started, Reason = null },
            OrderEventKind.Suspend => next with { State = OrderState.Suspended, Reason = e.Reason },
            OrderEventKind.CannotComplete => next with { State = OrderState.CouldNotComplete, Reason = e.Reason, Decided = e },
            _ => next with { State = OrderState.FieldComplete, Reason = null, Decided = e },
        };
    }

    private static bool Waiting(OrderState state) =>
        state.State is OrderState.Unassigned or OrderState.Assigned or OrderState.Cancelled or OrderState.CouldNotComplete;

    // A geofence sees a truck come back from lunch; only a person says that work goes on.
    private static bool Arrives(OrderState state, OrderEvent e) =>
        state.State is OrderState.Unassigned or OrderState.Assigned or OrderState.Cancelled or OrderState.Accepted
        || (!e.Automatic && state.State is (OrderState.Suspended or OrderState.CouldNotComplete));
}
