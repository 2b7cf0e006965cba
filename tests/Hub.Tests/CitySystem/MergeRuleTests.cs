using ThreeOneOne.Field.Hub.CitySystem;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.CitySystem;

public sealed class MergeRuleTests
{
    [Theory]
    [InlineData("open", "closed", true, false, 0, "Close", false)]
    [InlineData("open", "closed", true, true, 0, "Nothing", true)]
    [InlineData("open", "closed", false, false, 0, "Nothing", false)]
    [InlineData("closed", "open", true, false, 0, "Nothing", false)]
    [InlineData("closed", "open", false, false, 1, "Reopen", false)]
    [InlineData("closed", "open", false, false, -1, "Nothing", true)]
    [InlineData("open", "open", false, false, 1, "Nothing", false)]
    [InlineData("closed", "closed", true, false, 1, "Nothing", false)]
    public void The_later_change_counts_but_no_crew_is_called_off(string before, string now, bool isOpenHere, bool hasBegun, int minutesLater, string act, bool tell)
    {
        var closed = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        var ticket = new Ticket
        {
            Number = "SR-26-000001", Jurisdiction = "j", Service = "pothole", Title = "Pothole", At = new GeoPoint(42.37, -71.1), Priority = 3, Source = "sensor", OpenedAt = closed.AddDays(-1),
            UpdatedAt = closed, Status = isOpenHere ? "open" : "closed", ClosedAt = isOpenHere ? null : closed,
        };
        var row = new CityRow { Id = "7", Status = now, StatusNotes = "note", UpdatedAt = closed.AddMinutes(minutesLater) };
        var decision = MergeRule.Decide(new CityLink { Request = "SR-26-000001", Remote = "7", RemoteStatus = before }, row, ticket, hasBegun, closed);
        Assert.Equal((act, tell), (decision.Act.ToString(), decision.TellStage));
        Assert.Contains("note", decision.What, StringComparison.Ordinal);
        var again = MergeRule.Decide(new CityLink { Request = "SR-26-000001", Remote = "7", RemoteStatus = now, RemoteNotes = "note" }, row, ticket, hasBegun, closed);
        Assert.Equal(new MergeDecision(MergeAct.Nothing, TellStage: false, null), again);
    }
}
