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
            OrderEventKind.CannotComplete, OrderEventKind.Seen, OrderEventKind.Undo, OrderEventKind.MakeSafe, OrderEventKind.TemporaryRepair, OrderEventKind.Wait,
            OrderEventKind.HandOver, OrderEventKind.Point, OrderEventKind.FixedHere, OrderEventKind.Acknowledge, OrderEventKind.Use, OrderEventKind.Duress,
        ];
        OrderEventKind[] office = [OrderEventKind.Assign, OrderEventKind.Emergency, OrderEventKind.Interrupt, OrderEventKind.Review, OrderEventKind.SendBack, OrderEventKind.Cancel];
        for (var round = 0; round < 500; round++)
        {
            var history = new List<OrderEvent> { Assign(0, "c1") };
            for (var i = 1; i <= random.Next(1, 12); i++)
            {
                var crew = random.Next(4) == 0 ? "c2" : "c1";
                history.Add(random.Next(6) == 0
                    ? Assign(i, random.Next(2) == 0 ? "c1" : "c2") with { Kind = office[random.Next(office.Length)] }
                    : Crew(random.Next(10), kinds[random.Next(kinds.Length)], crew, action: $"a{i}", undoes: $"a{random.Next(1, 12)}") with { Seq = i, To = random.Next(3) == 0 ? "c2" : null });
            }

            var kind = OrderKind.All[random.Next(OrderKind.All.Length)];
            var expected = WorkOrder.Fold(history, byCrew: false, kind);
            var shuffled = history.ToArray();
            random.Shuffle(shuffled);
            Assert.Equal(expected, WorkOrder.Fold(shuffled, byCrew: false, kind));
            // Pressed twice, sent twice: one action.
            Assert.Equal(expected, WorkOrder.Fold(shuffled.Concat(shuffled.Where(e => e.Action is not null).Take(3)), byCrew: false, kind));
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

    [Theory]
    [InlineData(OrderEventKind.MakeSafe, "made-safe", null)]
    [InlineData(OrderEventKind.Wait, "waiting", null)]
    [InlineData(OrderEventKind.TemporaryRepair, "temporary-repair", "temporary-repair")]
    [InlineData(OrderEventKind.HandOver, "handed-over", null)]
    [InlineData(OrderEventKind.Complete, "field-complete", "repaired")]
    [InlineData(OrderEventKind.CannotComplete, "could-not-complete", "not-found")]
    public void What_a_crew_says_is_the_state(OrderEventKind kind, string state, string? resolution)
    {
        var folded = Fold(Assign(0, "c1"), Crew(2, OrderEventKind.Start), Crew(3, kind) with { Reason = "nothing-found" });
        Assert.Equal((state, resolution), (folded.State, folded.Resolution));
    }

    [Fact]
    public void After_a_wait_or_an_interruption_work_goes_on_when_a_person_says_so()
    {
        OrderEvent[] interrupted = [Assign(0, "c1"), Crew(1, OrderEventKind.Start), Assign(2, "c1") with { Kind = OrderEventKind.Interrupt, Reason = "emergency WO-1" }];
        Assert.Equal(("suspended", "emergency WO-1"), (Fold(interrupted).State, Fold(interrupted).Reason));
        Assert.Equal("started", Fold([.. interrupted, Crew(3, OrderEventKind.Start)]).State);
        OrderEvent[] waiting = [Assign(0, "c1"), Crew(1, OrderEventKind.Start), Crew(2, OrderEventKind.Wait) with { Reason = "parts", UntilMs = 900 }];
        Assert.Equal(("waiting", "parts", 900L), (Fold(waiting).State, Fold(waiting).Reason, Fold(waiting).UntilMs));
        Assert.Equal("waiting", Fold([.. waiting, Crew(3, OrderEventKind.Arrive) with { Automatic = true }]).State);
        Assert.Equal("arrived", Fold([.. waiting, Crew(3, OrderEventKind.Arrive)]).State);
    }

    [Fact]
    public void An_order_that_was_handed_over_is_the_other_crews()
    {
        OrderEvent[] given = [Assign(0, "c1"), Crew(1, OrderEventKind.Start), Crew(2, OrderEventKind.HandOver) with { To = "c2" }];
        Assert.Equal(("handed-over", "c2"), (Fold(given).State, Fold(given).Crew));
        Assert.Equal(("accepted", "c2"), (Fold([.. given, Crew(3, OrderEventKind.Accept, "c2")]).State, Fold(given).Crew));
        Assert.Null(Fold(given[0], given[1], given[2] with { To = null }).Crew);
    }

    [Fact]
    public void An_emergency_counts_as_read_when_a_person_of_the_crew_does_anything_with_it()
    {
        var emergency = Assign(0, "c1") with { Kind = OrderEventKind.Emergency };
        Assert.False(Fold(emergency, Crew(1, OrderEventKind.Seen)).Acknowledged);
        Assert.False(Fold(emergency, Crew(1, OrderEventKind.Arrive) with { Automatic = true }).Acknowledged);
        Assert.Equal((true, "accepted"), (Fold(emergency, Crew(1, OrderEventKind.Acknowledge)).Acknowledged, Fold(emergency, Crew(1, OrderEventKind.Acknowledge)).State));
        Assert.False(Fold(emergency, Crew(1, OrderEventKind.Acknowledge), Assign(2, "c2")).Acknowledged);
    }

    [Fact]
    public void Only_finished_work_is_reviewed_and_what_was_sent_back_is_done_again()
    {
        var review = Assign(9, null) with { Kind = OrderEventKind.Review, Resolution = "completed" };
        Assert.Equal("started", Fold(Assign(0, "c1"), Crew(1, OrderEventKind.Start), review).State);
        var taken = Fold(Assign(0, "c1"), Crew(1, OrderEventKind.Complete), review);
        Assert.Equal(("reviewed", "completed"), (taken.State, taken.Resolution));
        OrderEvent[] back = [Assign(0, "c1"), Crew(1, OrderEventKind.Complete), Assign(2, null) with { Kind = OrderEventKind.SendBack, Reason = "not level" }];
        Assert.Equal(("assigned", "c1", "not level"), (Fold(back).State, Fold(back).Crew, Fold(back).Reason));
        Assert.Equal("field-complete", Fold([.. back, Crew(5, OrderEventKind.Complete)]).State);
    }

    [Fact]
    public void An_order_to_make_safe_is_done_when_it_is_safe()
    {
        OrderEvent[] history = [Assign(0, "c1"), Crew(1, OrderEventKind.MakeSafe)];
        Assert.Equal("made-safe", WorkOrder.Fold(history, byCrew: false).State);
        var safe = WorkOrder.Fold(history, byCrew: false, OrderKind.MakeSafe);
        Assert.Equal(("field-complete", "made-safe"), (safe.State, safe.Resolution));
    }

    [Fact]
    public void A_temporary_repair_may_be_made_permanent_and_the_first_of_two_counts()
    {
        OrderEvent[] history = [Assign(0, "c1"), Crew(3, OrderEventKind.TemporaryRepair), Crew(5, OrderEventKind.TemporaryRepair, "c2")];
        Assert.Equal(("temporary-repair", "c1", 1), (Fold(history).State, Fold(history).Crew, Fold(history).Visits));
        Assert.Equal(("field-complete", "c2"), (Fold([.. history, Crew(7, OrderEventKind.Complete, "c2")]).State, Fold([.. history, Crew(7, OrderEventKind.Complete, "c2")]).Crew));
    }

    [Fact]
    public void Two_crews_completing_one_job_give_the_same_in_any_order_and_refuse_nobody()
    {
        var random = new Random(4311);
        OrderEventKind[] ends = [OrderEventKind.Complete, OrderEventKind.FixedHere, OrderEventKind.CannotComplete, OrderEventKind.TemporaryRepair];
        for (var round = 0; round < 300; round++)
        {
            var history = new List<OrderEvent> { Assign(0, "c1"), Assign(random.Next(1, 30), "c2") };
            foreach (var crew in new[] { "c1", "c2" })
            {
                history.Add(Crew(random.Next(1, 30), OrderEventKind.Start, crew, $"{crew}-start"));
                history.Add(Crew(random.Next(30, 60), OrderEventKind.Complete, crew, $"{crew}-done"));
                if (random.Next(2) == 0) history.Add(Crew(random.Next(30, 60), ends[random.Next(ends.Length)], crew, $"{crew}-more") with { Seq = 100 });
            }

            var expected = WorkOrder.Read(history, byCrew: false);
            var first = history.Where(e => e.Kind is OrderEventKind.Complete or OrderEventKind.FixedHere).Min(e => e.AtMs);
            Assert.Equal("field-complete", expected.State.State);
            Assert.Equal(first, expected.State.Decided!.AtMs);
            // The other crew's completion is there as a linked visit.
            Assert.Contains(expected.Visits, v => v.Kind == OrderEventKind.Complete && v.Crew != expected.State.Crew);
            for (var i = 0; i < 4; i++)
            {
                var shuffled = history.ToArray();
                random.Shuffle(shuffled);
                var again = WorkOrder.Read(shuffled, byCrew: false);
                Assert.Equal(expected.State, again.State);
                Assert.Equal(expected.Visits, again.Visits);
                Assert.Equal(expected.Points, again.Points);
            }
        }
    }

    [Fact]
    public void Further_fills_of_the_crew_are_points_and_those_of_another_are_visits()
    {
        OrderEvent[] run = [.. Enumerable.Range(1, 9).Select(i => Crew(i, OrderEventKind.FixedHere, action: $"f{i}"))];
        var state = WorkOrder.Fold(run, byCrew: true);
        Assert.Equal(("field-complete", 9, 0), (state.State, state.Points, state.Visits));
        state = WorkOrder.Fold([.. run, Crew(20, OrderEventKind.FixedHere, "c2"), Crew(21, OrderEventKind.Undo, action: "u", undoes: "f1")], byCrew: true);
        Assert.Equal(("field-complete", 8, 1), (state.State, state.Points, state.Visits));
        Assert.Equal("cancelled", WorkOrder.Fold([run[0], Crew(21, OrderEventKind.Undo, action: "u", undoes: "f1")], byCrew: true).State);
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
