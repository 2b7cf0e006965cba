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
    /// <param name="kind"><see cref="OrderKind"/>.</param>
    public static OrderState Fold(IEnumerable<OrderEvent> history, bool byCrew, string kind = OrderKind.Repair) => Read(history, byCrew, kind).State;

    /// <inheritdoc cref="Fold"/>
    public static OrderStory Read(IEnumerable<OrderEvent> history, bool byCrew, string kind = OrderKind.Repair)
    {
        var events = history.ToList();
        events.Sort(OrderEvent.Canonical);
        events = [.. events.DistinctBy(e => e.Name)];
        var undone = Undone(events);
        var standing = events.FindAll(e => e.Kind is not (OrderEventKind.Undo or OrderEventKind.Unknown) && (e.Action is null || !undone.Contains(e.Action)));
        var state = new OrderState();
        var (visits, points) = (new List<OrderEvent>(), new List<OrderEvent>());
        foreach (var e in standing)
        {
            var before = state;
            state = e.FromCrew ? ByCrew(state, e, kind, byCrew) : ByOffice(state, e);
            if (state.Visits > before.Visits) visits.Add(e);
            if (state.Points > before.Points) points.Add(e);
        }

        if (byCrew && state.State == OrderState.Unassigned) state = state with { State = OrderState.Cancelled };
        return new OrderStory(state, visits, points, standing);
    }

    // Backwards, so that an undo that was itself undone takes nothing back.
    internal static ImmutableHashSet<string> Undone(List<OrderEvent> events)
    {
        var undone = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        for (var i = events.Count - 1; i >= 0; i--)
        {
            if (events[i] is { Kind: OrderEventKind.Undo, Undoes: { } target } undo && (undo.Action is null || !undone.Contains(undo.Action)))
                undone.Add(target);
        }

        return undone.ToImmutable();
    }

    internal static bool IsPoint(OrderEvent e) => e.Kind is OrderEventKind.Point or OrderEventKind.FixedHere;

    private static OrderState ByOffice(OrderState state, OrderEvent e)
    {
        switch (e.Kind)
        {
            case OrderEventKind.Review:
                return state.State == OrderState.FieldComplete ? state with { State = OrderState.Reviewed, Resolution = e.Resolution ?? state.Resolution } : state;
            case OrderEventKind.SendBack:
                return state.IsDone
                    ? state with { State = OrderState.Assigned, Reason = e.Reason, Resolution = null, Decided = null, Seen = false }
                    : state;
            case OrderEventKind.Interrupt:
                return state.State is OrderState.Arrived or OrderState.Started && (e.Crew is null || e.Crew == state.Crew)
                    ? state with { State = OrderState.Suspended, Reason = e.Reason }
                    : state;
        }

        if (state.IsDone || state.State == OrderState.TemporaryRepair) return state;
        if (e.Kind == OrderEventKind.Cancel)
            return state.State is OrderState.Unassigned or OrderState.Assigned ? state with { State = OrderState.Cancelled, Crew = null, Reason = e.Reason } : state;
        if (e.Kind == OrderEventKind.Emergency) state = state with { Emergency = true, Acknowledged = false };
        // The same crew again while it works: clocks that differ by a second must not throw it back.
        if (e.Crew == state.Crew && IsTaken(state)) return state;
        return state with
        {
            State = e.Crew is null ? OrderState.Unassigned : OrderState.Assigned, Crew = e.Crew, Vehicle = null, Reason = null, Seen = false, Decided = null,
            Resolution = null, UntilMs = null, Acknowledged = false,
        };
    }

    private static bool IsTaken(OrderState state) => state.State is OrderState.Accepted or OrderState.Arrived or OrderState.Started
        or OrderState.Suspended or OrderState.MadeSafe or OrderState.Waiting;

    private static OrderState ByCrew(OrderState state, OrderEvent e, string kind, bool byCrew)
    {
        if (e.Kind is OrderEventKind.Use or OrderEventKind.Duress or OrderEventKind.Note) return state;
        // A hole that another crew found and filled before is not a second hole.
        if (byCrew && state.IsDone && e.Kind == OrderEventKind.FixedHere && e.Crew != state.Crew) return state with { Visits = state.Visits + 1 };
        if (IsPoint(e)) state = state with { Points = state.Points + 1 };
        var completes = Completes(e, kind);
        // Two crews completing one job: the first by work time counts, the second was there too.
        if (state.IsDone)
        {
            // A crew goes on along the street: these are further points, not second visits.
            if (IsPoint(e) && e.Crew == state.Crew) return state with { Far = state.Far || e.Far };
            // What a crew both said by radio and pressed when its screen came back is one completion.
            if (completes && e.Crew == state.Crew && (e.ByRadio || state.Decided is { ByRadio: true })) return state;
            return completes || e.Kind is OrderEventKind.CannotComplete or OrderEventKind.TemporaryRepair ? state with { Visits = state.Visits + 1 } : state;
        }

        if (!completes && e.Kind != OrderEventKind.TemporaryRepair && state.Crew is not null && state.Crew != e.Crew)
            return e.Automatic || e.Kind is OrderEventKind.Seen or OrderEventKind.Point ? state : state with { Visits = state.Visits + 1 };
        if (e.Kind == OrderEventKind.Seen) return state with { Seen = true };
        // Of two temporary repairs the first counts too.
        if (state.State == OrderState.TemporaryRepair && !completes)
            return e.Kind is OrderEventKind.TemporaryRepair or OrderEventKind.CannotComplete ? state with { Visits = state.Visits + 1 } : state;
        var next = state with { Crew = e.Crew, Vehicle = e.Truck, Far = state.Far || e.Far, Acknowledged = state.Acknowledged || (state.Emergency && !e.Automatic) };
        if (completes)
            return next with { State = OrderState.FieldComplete, Reason = null, UntilMs = null, Decided = e, Resolution = Resolution.Of(e, kind) };
        return e.Kind switch
        {
            OrderEventKind.Accept or OrderEventKind.Acknowledge => Waits(state) ? next with { State = OrderState.Accepted } : next,
            OrderEventKind.Arrive => Arrives(state, e) ? next with { State = OrderState.Arrived, Reason = null, UntilMs = null } : next,
            OrderEventKind.Start or OrderEventKind.Point => next with { State = OrderState.Started, Reason = null, UntilMs = null },
            OrderEventKind.Suspend => next with { State = OrderState.Suspended, Reason = e.Reason },
            OrderEventKind.MakeSafe => next with { State = OrderState.MadeSafe, Reason = e.Reason },
            OrderEventKind.Wait => next with { State = OrderState.Waiting, Reason = e.Reason, UntilMs = e.UntilMs },
            OrderEventKind.HandOver => next with { State = OrderState.HandedOver, Reason = e.Reason, Crew = e.To, Vehicle = null, Seen = false, UntilMs = null },
            OrderEventKind.TemporaryRepair => next with
            {
                State = OrderState.TemporaryRepair, Reason = null, UntilMs = e.UntilMs, Decided = e, Resolution = Resolution.Of(e, kind),
            },
            _ => next with { State = OrderState.CouldNotComplete, Reason = e.Reason, Decided = e, Resolution = Resolution.Of(e, kind) },
        };
    }

    private static bool Completes(OrderEvent e, string kind) =>
        e.Kind is OrderEventKind.Complete or OrderEventKind.FixedHere || (e.Kind == OrderEventKind.MakeSafe && kind == OrderKind.MakeSafe);

    private static bool Waits(OrderState state) => state.State is OrderState.Unassigned or OrderState.Assigned or OrderState.Cancelled
        or OrderState.CouldNotComplete or OrderState.HandedOver;

    // A geofence sees a truck come back from lunch; only a person says that work goes on.
    private static bool Arrives(OrderState state, OrderEvent e) =>
        state.State is OrderState.Unassigned or OrderState.Assigned or OrderState.Cancelled or OrderState.Accepted or OrderState.HandedOver
        || (!e.Automatic && state.State is OrderState.Suspended or OrderState.CouldNotComplete or OrderState.Waiting or OrderState.MadeSafe);
}
