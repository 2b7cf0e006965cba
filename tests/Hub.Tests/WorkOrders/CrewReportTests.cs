using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.WorkOrders;

public sealed class CrewReportTests
{
    private readonly Sample sample = new();

    [Fact]
    public async Task A_problem_that_a_crew_found_becomes_one_request_however_often_it_comes()
    {
        await using var hub = await WorkHub.StartAsync();
        var report = Report("r1");
        await hub.ApplyAsync(sample.Action("truck1", 10, report));
        await hub.ApplyAsync(sample.Action("truck1", 11, report), sample.Action("truck1", 12, Report("r2") with { At = Sample.Origin.MovedByM(2, 2) }));
        await hub.ReactAsync();
        var request = await hub.OnlyRequestAsync();
        Assert.Equal(("open", "pothole"), (request.Status, request.Service));
        Assert.Empty(await hub.OrdersAsync());
    }

    [Fact]
    public async Task What_was_fixed_later_at_the_spot_closes_it()
    {
        await using var hub = await WorkHub.StartAsync();
        await hub.ApplyAsync(sample.Action("truck1", 10, Report("r1")));
        await hub.ReactAsync();
        await hub.ApplyAsync(sample.Action("truck2", 60, Report("f1") with { Kind = CrewActionKind.FixedHere }, "c2"));
        await hub.ReactAsync();
        Assert.Equal("closed", (await hub.OnlyRequestAsync()).Status);
    }

    [Fact]
    public async Task A_report_that_was_taken_back_first_or_of_no_known_service_opens_nothing()
    {
        await using var hub = await WorkHub.StartAsync();
        await hub.ApplyAsync(sample.Action("truck1", 11, new CrewAction { Id = "u1", Kind = CrewActionKind.Undo, Undoes = "r1" }));
        await hub.ApplyAsync(sample.Action("truck1", 10, Report("r1")), sample.Action("truck1", 12, Report("r2") with { Service = "no-such" }), sample.Action("truck1", 13, Report("r3") with { At = null }));
        await hub.ReactAsync();
        Assert.Empty(await hub.RequestsAsync());
    }

    private static CrewAction Report(string id) => new() { Id = id, Kind = CrewActionKind.Report, Service = "pothole", At = Sample.Origin };
}
