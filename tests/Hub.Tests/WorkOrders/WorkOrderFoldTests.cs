using ThreeOneOne.Field.Hub.WorkOrders;

namespace ThreeOneOne.Field.Hub.Tests.WorkOrders;

public sealed class WorkOrderFoldTests
{
    [Fact]
    public void Actions_move_an_order_forward_to_field_complete()
    {
        Assert.Equal("assigned", Fold(Assign(0, "c1")).State);
        Assert.Equal("accepted", Fold(Assign(0, "c1"), Crew(1, OrderEventKind.Accept)).State);
        Assert.Equal("arrived", Fold(Assign(0, "c1"), Crew(1, OrderEventKind.Accept), Crew(2, OrderEventKind.Arrive)).State);
        Assert.Equal("started", Fold(Assign(0, "c1"), Crew(2, OrderEventKind.Arrive), Crew(3, OrderEventKind.Start)).State);
        Assert.Equal("field-complete", Fold(Assign(0, "c1"), Crew(3, OrderEventKind.Start), Crew(4, OrderEventKind.Complete)).State);
    }

    [Fact]
    public void Any_order_of_arrival_gives_the_same_state()
    {
        var random = new Random(311);
        OrderEventKind[] kinds =
        [
            OrderEventKind.Accept, OrderEventKind.Arrive, OrderEventKind.Start, OrderEventKind.Suspend, OrderEventKind.Complete,
            OrderEventKind.CannotComplete, OrderEventKind.Seen, OrderEventKind.Undo,
        ];
        for (var round = 0; round < 500; round++)
        {
            var history = new List<OrderEvent> { Assign(0, "c1") };
            for (var i = 1; i <= random.Next(1, 12); i++)
            {
                var crew = random.Next(4) == 0 ? "c2" : "c1";
                history.Add(random.Next(6) == 0
                    ? Assign(i, random.Next(2) == 0 ? "c1" : "c2")
                    : Crew(random.Next(10), kinds[random.Next(kinds.Length)], crew, action: $"a{i}", undoes: $"a{random.Next(1, 12)}") with { Seq = i });
            }

            var expected = WorkOrder.Fold(history, byCrew: false);
            var shuffled = history.ToArray();
            random.Shuffle(shuffled);
            Assert.Equal(expected, WorkOrder.Fold(shuffled, byCrew: false));
            // Pressed twice, sent twice: one action.
            Assert.Equal(expected, WorkOrder.Fold(shuffled.Concat(shuffled.Where(e => e.Action is not null).Take(3)), byCrew: false));
        }
    }

    [Fact]
    public void An_undone_completion_leaves_the_state_before_it()
    {
        var complete = Crew(3, OrderEventKind.Complete, action: "done");
        var undo = Crew(4, OrderEventKind.Undo, action: "oops", undoes: "done");
        Assert.Equal("started", Fold(Assign(0, "c1"), Crew(2, OrderEventKind.Start), complete, undo).State);
        var again = Crew(5, OrderEventKind.Undo, action: "no-it-was", undoes: "oops");
        Assert.Equal("field-complete", Fold(Assign(0, "c1"), Crew(2, OrderEventKind.Start), complete, undo, again).State);
    }

    [Fact]
    public void Of_two_completions_the_first_by_work_time_counts_and_the_second_is_a_visit()
    {
        var state = Fold(Assign(0, "c1"), Crew(9, OrderEventKind.Complete, "c2"), Crew(5, OrderEventKind.Complete));
        Assert.Equal(("field-complete", "c1", 1), (state.State, state.Crew, state.Visits));
    }

    [Fact]
    public void A_completion_by_a_crew_that_no_longer_has_the_order_is_not_thrown_away()
    {
        var state = Fold(Assign(0, "c1"), Crew(1, OrderEventKind.Start), Assign(2, "c2"), Crew(3, OrderEventKind.Complete));
        Assert.Equal(("field-complete", "c1"), (state.State, state.Crew));
    }

    [Fact]
    public void A_geofence_does_not_restart_suspended_work()
    {
        var suspended = Crew(3, OrderEventKind.Suspend);
        var back = Crew(4, OrderEventKind.Arrive) with { Automatic = true };
        Assert.Equal("suspended", Fold(Assign(0, "c1"), Crew(1, OrderEventKind.Start), suspended, back).State);
        Assert.Equal("arrived", Fold(Assign(0, "c1"), Crew(1, OrderEventKind.Start), suspended, back with { Automatic = false }).State);
        Assert.Equal("started", Fold(Assign(0, "c1"), Crew(1, OrderEventKind.Start), back).State);
    }

    [Fact]
    public void Cancelling_takes_no_begun_work_away()
    {
        Assert.Equal("cancelled", Fold(Assign(0, "c1"), Cancel(1)).State);
        Assert.Equal("accepted", Fold(Assign(0, "c1"), Crew(1, OrderEventKind.Accept), Cancel(2)).State);
        Assert.Equal("field-complete", Fold(Assign(0, "c1"), Cancel(2), Crew(3, OrderEventKind.Complete)).State);
    }

    private static OrderState Fold(params OrderEvent[] history) => WorkOrder.Fold(history, byCrew: false);

    private static OrderEvent Assign(long at, string? crew) => new()
    {
        Vehicle = OrderEvent.Hub, Epoch = OrderEvent.Hub, Seq = at, Kind = OrderEventKind.Assign, AtMs = at, Crew = crew, Who = "office",
    };

    private static OrderEvent Cancel(long at) => Assign(at, null) with { Kind = OrderEventKind.Cancel };

    private static OrderEvent Crew(long at, OrderEventKind kind, string crew = "c1", string? action = null, string? undoes = null) => new()
    {
        Vehicle = $"v-{crew}", Epoch = "e", Seq = at, Kind = kind, AtMs = at, Crew = crew, Action = action, Undoes = undoes,
    };
}
