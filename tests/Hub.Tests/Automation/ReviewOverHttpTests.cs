using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Hub.Automation;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Automation;

/// <summary>The same over the API, in the program as it is composed.</summary>
public sealed class ReviewOverHttpTests
{
    // Away from every street, so that no road makes one more urgent than the other.
    private static readonly GeoPoint Harbour = new(42.30, -70.95);
    private static readonly Action<HubSettings> Wide = s => s.Districts.MarginM = 50_000;

    [Fact]
    public async Task Proposals_are_listed_in_rank_and_accepted_or_rejected_with_a_reason()
    {
        await using var hub = await RealHub.StartAsync(settings: Wide);
        using var client = await hub.WithKeyAsync("supervisor");
        await ProposeAsync(hub, "weak", 0, passes: 2);
        await ProposeAsync(hub, "strong", 200, passes: 6);
        await ProposeAsync(hub, "middle", 400, passes: 4);

        var first = await client.GetFromJsonAsync<JsonElement>("/api/requests?stage=review&limit=2");
        Assert.Equal([6, 4], first.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("evidenceFor").GetInt32()));
        var rest = await client.GetFromJsonAsync<JsonElement>($"/api/requests?stage=review&limit=2&cursor={Uri.EscapeDataString(first.GetProperty("next").GetString()!)}");
        Assert.Equal([2], rest.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("evidenceFor").GetInt32()));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next").ValueKind);
        var (strong, weak) = (Number(first, 0), Number(rest, 0));

        var order = await client.PostAsJsonAsync("/api/work-orders", new { request = strong });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, order.StatusCode);
        Assert.Contains($"accept it by POST /api/requests/{strong}/review", await order.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var accepted = await ReviewAsync(client, strong, new { decision = "accept" });
        Assert.Equal("received", (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("stage").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await ReviewAsync(client, weak, new { decision = "reject" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await ReviewAsync(client, weak, new { decision = "perhaps" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ReviewAsync(client, weak, new { decision = "reject", reason = "no-defect", note = "shadow of a tree" })).StatusCode);
        var late = await ReviewAsync(client, weak, new { decision = "accept" });
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("test has rejected it", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await ReviewAsync(client, "SR-00-000000", new { decision = "accept" })).StatusCode);

        var detail = await client.GetFromJsonAsync<JsonElement>($"/api/requests/{weak}");
        var automation = detail.GetProperty("automation");
        Assert.Equal(("rejected", "no-defect", "test"), (Text(automation, "state"), Text(automation, "reason"), Text(automation, "decidedBy")));
        Assert.StartsWith("sites-", Text(automation, "rule"), StringComparison.Ordinal);
        var audit = await client.GetFromJsonAsync<JsonElement>("/api/audit");
        Assert.Contains(audit.GetProperty("items").EnumerateArray(), e => Text(e, "action") == "request.reject" && Text(e, "subject") == weak);
    }

    [Fact]
    public async Task A_request_by_hand_needs_no_review()
    {
        await using var hub = await RealHub.StartAsync(settings: Wide);
        using var client = await hub.WithKeyAsync("supervisor");
        var opened = await (await client.PostAsJsonAsync("/api/requests", new { service = "pothole", lat = 42.3655, lon = -71.1037 })).Content.ReadFromJsonAsync<JsonElement>();
        var refused = await ReviewAsync(client, Text(opened, "number")!, new { decision = "accept" });
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("no sensor proposed it", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Automatic_is_refused_until_it_is_earned_and_every_choice_is_audited()
    {
        await using var hub = await RealHub.StartAsync(settings: Wide);
        using var client = await hub.WithKeyAsync("supervisor");
        var before = await client.GetFromJsonAsync<JsonElement>("/api/automation");
        Assert.Equal("review", Text(before, "defaultMode"));
        var area = before.GetProperty("areas").EnumerateArray().First(a => Text(a, "service") == "pothole");
        Assert.Equal("review", Text(area, "mode"));
        Assert.Contains("inspected 0 of the 30", Text(area, "locked"), StringComparison.Ordinal);
        var path = $"/api/automation/pothole/{Text(area, "district")}";

        var refused = await client.PutAsJsonAsync(path, new { mode = "automatic" });
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("inspected 0 of the 30", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsJsonAsync(path, new { mode = "shadow", cap = 7 })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PutAsJsonAsync(path, new { cap = 0 })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PutAsJsonAsync("/api/automation/dragons/-", new { mode = "shadow" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PutAsJsonAsync("/api/automation/pothole/atlantis", new { mode = "shadow" })).StatusCode);

        await EarnAsync(hub, "pothole", AreaPath.District(Text(area, "district")!));
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsJsonAsync(path, new { mode = "automatic" })).StatusCode);
        var after = (await client.GetFromJsonAsync<JsonElement>("/api/automation")).GetProperty("areas").EnumerateArray()
            .First(a => Text(a, "service") == "pothole" && Text(a, "district") == Text(area, "district"));
        Assert.Equal(("automatic", 7), (Text(after, "mode"), after.GetProperty("cap").GetInt32()));
        Assert.Equal((30, 1.0), (after.GetProperty("precision").GetProperty("inspections").GetInt32(), after.GetProperty("precision").GetProperty("share").GetDouble()));
        Assert.InRange(after.GetProperty("precision").GetProperty("low").GetDouble(), 0.88, 0.89);
        var audit = await client.GetFromJsonAsync<JsonElement>("/api/audit");
        Assert.Contains(audit.GetProperty("items").EnumerateArray(), e => Text(e, "action") == "automation.set" && Text(e, "detail")!.StartsWith("shadow to automatic", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_counted_in_shadow_is_proposed_when_shadow_ends()
    {
        await using var hub = await RealHub.StartAsync(settings: Wide);
        using var client = await hub.WithKeyAsync("supervisor");
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsJsonAsync("/api/automation/pothole/-", new { mode = "shadow" })).StatusCode);
        await ProposeAsync(hub, "quiet", 0, passes: 3);
        Assert.Empty((await client.GetFromJsonAsync<JsonElement>("/api/requests")).GetProperty("items").EnumerateArray());
        Assert.Equal((1, 1), await ShadowAsync(client));

        Assert.Equal(HttpStatusCode.OK, (await client.PutAsJsonAsync("/api/automation/pothole/-", new { mode = "review" })).StatusCode);
        await ReactAsync(hub);
        var proposed = await client.GetFromJsonAsync<JsonElement>("/api/requests?stage=review");
        Assert.Equal(3, Assert.Single(proposed.GetProperty("items").EnumerateArray()).GetProperty("evidenceFor").GetInt32());
        Assert.Equal((0, 0), await ShadowAsync(client));
    }

    [Theory]
    [InlineData("read-only", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("integration", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("dispatcher", HttpStatusCode.NotFound, HttpStatusCode.Forbidden)]
    [InlineData("supervisor", HttpStatusCode.NotFound, HttpStatusCode.NotFound)]
    public async Task Who_reviews_and_who_sets_modes_is_a_matter_of_roles(string role, HttpStatusCode review, HttpStatusCode mode)
    {
        await using var hub = await RealHub.StartAsync(settings: Wide);
        using var client = await hub.WithKeyAsync(role);
        Assert.Equal(review, (await ReviewAsync(client, "SR-00-000000", new { decision = "accept" })).StatusCode);
        Assert.Equal(mode, (await client.PutAsJsonAsync("/api/automation/dragons/-", new { mode = "shadow" })).StatusCode);
    }

    private static Task ProposeAsync(RealHub hub, string name, double eastM, int passes) => Database(hub).WriteAsync(scope =>
    {
        var (sample, at) = (new Sample(), Harbour.MovedByM(eastM, 0));
        var project = hub.Services.GetServices<IProjection>().OfType<ProjectObservations>().Single();
        project.Apply(scope, [.. Enumerable.Range(0, passes).Select(i => sample.Shock($"{name}-{i}", i, at))]);
        Get<ProposeRequest>(hub).Run(scope, Assert.Single(SiteStore.PotholesNear(scope, at, 10)), sampledMs: null);
    }, WritePriority.Interactive, default);

    private static async Task<(int Proposed, int Standing)> ShadowAsync(HttpClient client)
    {
        var area = (await client.GetFromJsonAsync<JsonElement>("/api/automation")).GetProperty("areas").EnumerateArray()
            .Single(a => Text(a, "service") == "pothole" && Text(a, "district") == "-");
        Assert.True(area.GetProperty("precision").GetProperty("share").ValueKind == JsonValueKind.Null);
        return (area.GetProperty("shadow").GetProperty("proposed").GetInt32(), area.GetProperty("shadow").GetProperty("standing").GetInt32());
    }

    /// <summary>Runs the site reaction as the hub's own runner does, which is off here.</summary>
    private static async Task ReactAsync(RealHub hub)
    {
        using var runner = new ReactionRunner(
            Database(hub), Get<ReactionCatalogue>(hub), [], new DiskRoom(TimeProvider.System, NullLogger<DiskRoom>.Instance), TimeProvider.System, NullLogger<ReactionRunner>.Instance);
        var follow = hub.Services.GetServices<IReaction>().OfType<FollowSites>().Single();
        while (await runner.RunDueAsync(follow, default))
        {
        }
    }

    private static Task EarnAsync(RealHub hub, string service, string district) => Database(hub).WriteAsync(scope =>
    {
        for (var i = 0; i < 30; i++)
        {
            var request = $"SR-25-{i:000000}";
            ProposalStore.Save(scope, new Proposal { Request = request, Service = service, District = district, State = Proposal.Accepted, Rule = "r", For = 2, Against = 0, Belief = 2, ProposedMs = i });
            Get<FieldLabels>(hub).Set(scope, $"wo-{i}", request, Label.Confirmed, i);
        }
    }, WritePriority.Interactive, default);

    private static Task<HttpResponseMessage> ReviewAsync(HttpClient client, string number, object body) => client.PostAsJsonAsync($"/api/requests/{number}/review", body);

    private static Database Database(RealHub hub) => Get<Database>(hub);

    private static T Get<T>(RealHub hub)
        where T : notnull => (T)hub.Services.GetService(typeof(T))!;

    private static string Number(JsonElement page, int i) => Text(page.GetProperty("items")[i], "number")!;

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
