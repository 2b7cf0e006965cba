using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Tickets;

public sealed class TicketLifeTests
{
    /// <summary>Every stage and every move: where it leads, or that there is no such move.</summary>
    private const string Table =
        """
        stage              | Accept   Reject   Hold Release Receive  Triage Refer    Assign   Begin       Wait    Fail               Complete       Resolve  Reopen   Withdraw  Reinstate
        review             | received rejected held -       -        -      -        -        in-progress -       -                  field-complete -        -        withdrawn -
        held               | received rejected -    review  -        -      -        -        in-progress -       -                  field-complete -        -        withdrawn -
        received           | -        -        -    -       received triage referred assigned in-progress waiting could-not-complete field-complete resolved -        withdrawn -
        triage             | -        -        -    -       received triage referred -        in-progress -       could-not-complete field-complete resolved -        withdrawn -
        referred           | -        -        -    -       received triage referred -        in-progress -       could-not-complete field-complete resolved -        withdrawn -
        assigned           | -        -        -    -       received triage referred assigned in-progress waiting could-not-complete field-complete resolved -        withdrawn -
        in-progress        | -        -        -    -       received -      -        assigned in-progress waiting could-not-complete field-complete resolved -        withdrawn -
        waiting            | -        -        -    -       received triage referred assigned in-progress waiting could-not-complete field-complete resolved -        withdrawn -
        could-not-complete | -        -        -    -       received triage referred assigned in-progress waiting could-not-complete field-complete resolved -        withdrawn -
        field-complete     | -        -        -    -       received -      -        assigned in-progress waiting could-not-complete field-complete resolved received withdrawn -
        resolved           | -        -        -    -       -        -      -        -        -           -       -                  field-complete -        received -         -
        rejected           | -        -        -    -       -        -      -        -        -           -       -                  field-complete -        review   -         -
        withdrawn          | -        -        -    -       received -      -        assigned in-progress waiting could-not-complete field-complete -        -        -         received
        """;

    public static TheoryData<string, TicketMove, string?> Moves
    {
        get
        {
            var rows = Table.Split('\n').Select(line => line.Split([' ', '|', '\r'], StringSplitOptions.RemoveEmptyEntries)).ToList();
            var data = new TheoryData<string, TicketMove, string?>();
            foreach (var row in rows.Skip(1))
            {
                for (var i = 1; i < row.Length; i++) data.Add(row[0], Enum.Parse<TicketMove>(rows[0][i]), row[i] == "-" ? null : row[i]);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Moves))]
    public void A_move_leads_where_the_table_says(string stage, TicketMove move, string? expected)
    {
        var ticket = At(stage);
        Assert.Equal(expected is not null, TicketLife.Allows(stage, move));
        if (expected is null)
        {
            Assert.Throws<InvalidOperationException>(() => TicketLife.Apply(ticket, move));
            return;
        }

        var next = TicketLife.Apply(ticket, move, "code");
        Assert.Equal(expected, next.Stage);
        Assert.Equal(expected switch { "withdrawn" => "withdrawn", "field-complete" or "resolved" or "rejected" => "closed", _ => "open" }, next.Status);
        Assert.Equal(next.Status == "closed" ? "code" : null, next.ResolutionCode);
        Assert.Equal(expected == "waiting" ? "code" : null, next.WaitReason);
        Assert.True(next.Accepted || expected is "review" or "held" or "rejected" or "withdrawn");
    }

    [Fact]
    public void The_table_names_every_stage_and_every_move() =>
        Assert.Equal(TicketStage.All.Count * Enum.GetValues<TicketMove>().Length, Moves.Count);

    [Fact]
    public void One_that_nobody_vouched_for_comes_back_to_review()
    {
        var asked = TicketLife.Apply(At("review") with { Accepted = false }, TicketMove.Withdraw);
        Assert.Equal("review", TicketLife.Apply(asked, TicketMove.Reinstate).Stage);
        Assert.False(asked.Accepted);
        var accepted = TicketLife.Apply(TicketLife.Apply(At("review"), TicketMove.Accept), TicketMove.Withdraw);
        Assert.Equal("received", TicketLife.Apply(accepted, TicketMove.Reinstate).Stage);
    }

    [Theory]
    [InlineData("", null, "received", "open")]
    [InlineData("", "triage", "triage", "open")]
    [InlineData("", "private", "referred", "open")]
    [InlineData("", "referral", "referred", "open")]
    [InlineData("", "crew", "received", "open")]
    [InlineData("unassigned", null, "received", "open")]
    [InlineData("assigned", null, "assigned", "open")]
    [InlineData("accepted", null, "assigned", "open")]
    [InlineData("arrived", null, "in-progress", "open")]
    [InlineData("made-safe", null, "in-progress", "open")]
    [InlineData("waiting", null, "waiting", "open")]
    [InlineData("waiting waiting", null, "waiting", "open")]
    [InlineData("waiting started", null, "in-progress", "open")]
    [InlineData("waiting assigned", null, "assigned", "open")]
    [InlineData("could-not-complete", null, "could-not-complete", "open")]
    [InlineData("could-not-complete", "triage", "triage", "open")]
    [InlineData("could-not-complete assigned", "triage", "assigned", "open")]
    [InlineData("field-complete", null, "field-complete", "closed")]
    [InlineData("field-complete reviewed", null, "field-complete", "closed")]
    [InlineData("field-complete assigned", null, "assigned", "open")]
    [InlineData("cancelled field-complete", null, "field-complete", "closed")]
    [InlineData("cancelled", null, "received", "open")]
    public void A_request_is_where_its_orders_are(string states, string? responsible, string stage, string status)
    {
        var next = (At("received") with { Responsible = responsible }).After(Orders(states));
        Assert.Equal((stage, status), (next.Stage, next.Status));
    }

    [Theory]
    [InlineData("withdrawn", "assigned", "withdrawn")]
    [InlineData("withdrawn", "started", "in-progress")]
    [InlineData("withdrawn", "field-complete", "field-complete")]
    [InlineData("field-complete", "assigned", "assigned")]
    [InlineData("field-complete", "cancelled", "received")]
    [InlineData("resolved", "assigned", "resolved")]
    [InlineData("resolved", "field-complete", "field-complete")]
    [InlineData("rejected", "cancelled", "rejected")]
    [InlineData("review", "unassigned", "review")]
    [InlineData("review", "field-complete", "field-complete")]
    [InlineData("triage", "assigned", "triage")]
    public void Orders_move_a_request_only_as_the_table_allows(string from, string states, string expected) =>
        Assert.Equal(expected, At(from).After(Orders(states)).Stage);

    [Fact]
    public void A_resolution_that_leaves_something_to_do_keeps_the_request_open()
    {
        var order = Orders("field-complete")[0] with { Resolution = "temporary-repair", Closes = false };
        var next = At("in-progress").After([order]);
        Assert.Equal(("field-complete", "open", "temporary-repair"), (next.Stage, next.Status, next.ResolutionCode));
        var done = next.After([order, Orders("x field-complete")[1] with { Resolution = "repaired" }]);
        Assert.Equal(("closed", "repaired"), (done.Status, done.ResolutionCode));
    }

    [Fact]
    public void Work_that_a_crew_found_and_took_back_was_nothing() =>
        Assert.Equal("withdrawn", (At("field-complete") with { Source = "crew" }).After(Orders("cancelled")).Status);

    [Fact]
    public void A_report_that_repeats_a_request_is_where_that_is()
    {
        var parent = TicketLife.Apply(At("assigned"), TicketMove.Complete, "repaired");
        var child = TicketLife.Follow(At("received") with { Number = "SR-26-000002", Parent = parent.Number }, parent);
        Assert.Equal(("closed", "field-complete", "repaired"), (child.Status, child.Stage, child.ResolutionCode));
    }

    internal static Ticket At(string stage) => new()
    {
        Number = "SR-26-000001", Jurisdiction = "j", Service = "pothole", Title = "Pothole", Stage = stage, Priority = 3, Source = "person", Department = "d",
        Status = stage switch { "withdrawn" => "withdrawn", "field-complete" or "resolved" or "rejected" => "closed", _ => "open" },
        Accepted = !TicketStage.IsHidden(stage), At = new GeoPoint(42.37, -71.1), OpenedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    private static List<LinkedOrder> Orders(string states) =>
        [.. states.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((s, i) => new LinkedOrder($"wo-{i}", "SR-26-000001", $"WO-{i}", s, "c", "Crew", null, DateTimeOffset.UnixEpoch))];
}
