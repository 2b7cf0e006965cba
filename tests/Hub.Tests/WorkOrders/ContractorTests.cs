using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.WorkOrders;

namespace ThreeOneOne.Field.Hub.Tests.WorkOrders;

public sealed class ContractorTests
{
    [Fact]
    public async Task A_contractor_lists_and_reads_only_its_own_orders()
    {
        await using var hub = await RealHub.StartAsync();
        using var office = await hub.WithKeyAsync("city-it");
        var orders = await OrdersAsync(office);
        using var contractor = await ContractorAsync(hub, office, "acme");
        var listed = (await contractor.GetFromJsonAsync<JsonElement>("/api/contractor/work-orders")).GetProperty("items").EnumerateArray().Select(o => o.GetProperty("id").GetString()).Order();
        Assert.Equal([orders["acme-party"], orders["acme-crew"]], listed);
        foreach (var (name, id) in orders)
        {
            using var read = await contractor.GetAsync($"/api/contractor/work-orders/{id}");
            Assert.Equal(name.StartsWith("acme", StringComparison.Ordinal) ? HttpStatusCode.OK : HttpStatusCode.NotFound, read.StatusCode);
            var text = await read.Content.ReadAsStringAsync();
            Assert.DoesNotContain("city crew", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Other secret", text, StringComparison.Ordinal);
        }

        // Whose contract it is, but a crew of the city has it for now: it stays unnamed.
        (await office.PostAsJsonAsync($"/api/work-orders/{orders["acme-party"]}/assign", new { crew = "city1" })).EnsureSuccessStatusCode();
        var lent = (await contractor.GetFromJsonAsync<JsonElement>($"/api/contractor/work-orders/{orders["acme-party"]}")).GetProperty("order");
        Assert.Equal(("assigned", JsonValueKind.Null, JsonValueKind.Null), (lent.GetProperty("state").GetString(), lent.GetProperty("crew").ValueKind, lent.GetProperty("crewName").ValueKind));
    }

    [Fact]
    public async Task Every_other_door_is_closed_to_a_contractor()
    {
        await using var hub = await RealHub.StartAsync();
        using var office = await hub.WithKeyAsync("city-it");
        await OrdersAsync(office);
        using var contractor = await ContractorAsync(hub, office, "acme");
        var tried = 0;
        foreach (var route in hub.Endpoints.OfType<RouteEndpoint>())
        {
            var permission = route.Metadata.GetMetadata<RequirePermissionAttribute>()?.Permission;
            if (permission is null or "orders.own") continue;
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                var path = System.Text.RegularExpressions.Regex.Replace(route.RoutePattern.RawText!, @"\{[^}]*\}", "x");
                using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method is "POST" or "PUT" ? JsonContent.Create(new { }) : null };
                using var answer = await contractor.SendAsync(request);
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path} answered {answer.StatusCode}");
                tried++;
            }
        }

        Assert.True(tried > 30);
        // And of its own doors, only with somebody who works for it.
        using var nobody = await hub.WithKeyAsync("contractor");
        foreach (var (path, status) in new[] { ("", HttpStatusCode.Forbidden), ("/wo-26-000001", HttpStatusCode.NotFound) })
        {
            using var answer = await nobody.GetAsync($"/api/contractor/work-orders{path}");
            Assert.Equal(status, answer.StatusCode);
        }

        using var live = await nobody.GetAsync("/api/contractor/live");
        Assert.Equal(HttpStatusCode.Forbidden, live.StatusCode);
    }

    [Fact]
    public async Task The_live_feed_of_a_contractor_tells_of_its_own_orders_and_of_those_that_it_loses()
    {
        await using var hub = await RealHub.StartAsync();
        using var office = await hub.WithKeyAsync("city-it");
        var orders = await OrdersAsync(office);
        using var contractor = await ContractorAsync(hub, office, "acme");
        using var response = await contractor.GetAsync("/api/contractor/live", HttpCompletionOption.ResponseHeadersRead);
        using var feed = new StreamReader(await response.Content.ReadAsStreamAsync());
        var seen = new List<string>();
        using var enough = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        async Task<string> DataAsync()
        {
            while (await feed.ReadLineAsync(enough.Token) is { } line)
            {
                if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
                seen.Add(line);
                return line;
            }

            throw new InvalidDataException("the feed ended");
        }

        var snapshot = await DataAsync();
        Assert.Contains(orders["acme-crew"], snapshot, StringComparison.Ordinal);
        Assert.Contains(orders["acme-party"], snapshot, StringComparison.Ordinal);
        (await office.PostAsJsonAsync($"/api/work-orders/{orders["other"]}/assign", new { crew = "city1" })).EnsureSuccessStatusCode();
        (await office.PostAsJsonAsync($"/api/work-orders/{orders["city"]}/assign", new { crew = "acme1" })).EnsureSuccessStatusCode();
        Assert.Contains(orders["city"], await DataAsync(), StringComparison.Ordinal);
        (await office.PostAsJsonAsync($"/api/work-orders/{orders["city"]}/assign", new { crew = "city1" })).EnsureSuccessStatusCode();
        Assert.Contains($"\"gone\":[\"{orders["city"]}\"]", await DataAsync(), StringComparison.Ordinal);
        Assert.All(seen, data =>
        {
            Assert.DoesNotContain(orders["other"], data, StringComparison.Ordinal);
            Assert.DoesNotContain("city1", data, StringComparison.Ordinal);
            Assert.DoesNotContain("Other secret", data, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task By_rule_a_contractors_work_goes_to_its_crews_only()
    {
        await using var hub = await WorkHub.StartAsync(new WorkOrdersOptions { AutoAssign = AutoAssignment.NearestCrew });
        var sample = new Sites.Sample();
        await hub.Database.WriteAsync(scope => Hub.Crews.CrewStore.Add(scope, new Hub.Crews.Crew("acme1", "Acme", ["m"], [], "acme")), WritePriority.Interactive, default);
        await hub.ApplyAsync(sample.Shift("truck1", 0, "c1", Wire.ShiftState.On), sample.Shift("truck9", 0, "acme1", Wire.ShiftState.On, "s9"));
        await hub.ReactAsync();
        foreach (var party in new[] { null, "acme" })
        {
            await hub.Database.WriteAsync(scope =>
            {
                hub.Get<CreateOrder>().CreateFor(scope, new NewOrder { Service = "pothole", Title = "Hole", At = Sites.Sample.Origin, Party = party }, null, "Dee");
                hub.Get<HandOutWork>().Run(scope);
            }, WritePriority.Interactive, default);
        }

        Assert.Equal([("acme", "acme1"), (null, "c1")], (await hub.OrdersAsync()).Select(o => (o.Party, o.Crew)));
    }

    private static async Task<Dictionary<string, string>> OrdersAsync(HttpClient office)
    {
        foreach (var crew in new object[] { new { id = "city1", name = "City crew" }, new { id = "acme1", name = "Acme 1", contractor = "acme" }, new { id = "other1", name = "Other 1", contractor = "other" } })
            (await office.PostAsJsonAsync("/api/crews", crew)).EnsureSuccessStatusCode();
        var made = new Dictionary<string, string>();
        foreach (var (name, crew, party) in new[] { ("acme-party", (string?)null, "acme"), ("acme-crew", "acme1", null), ("city", "city1", null), ("other", "other1", "other") })
        {
            using var answer = await office.PostAsJsonAsync("/api/work-orders", new { service = "pothole", lat = 42.3655, lon = -71.1037, crew, party, note = name == "other" ? "Other secret" : null });
            Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
            made[name] = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        }

        return made;
    }

    private static async Task<HttpClient> ContractorAsync(RealHub hub, HttpClient office, string party)
    {
        var client = await hub.WithKeyAsync("contractor");
        var me = (await client.GetFromJsonAsync<JsonElement>("/api/me")).GetProperty("id").GetString();
        (await office.PostAsJsonAsync("/api/contractor-members", new { actor = me, party })).EnsureSuccessStatusCode();
        return client;
    }
}
