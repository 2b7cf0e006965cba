using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Tests.Access;

public sealed class PermissionTests
{
    [Fact]
    public async Task Every_permission_is_given_to_city_it_and_none_is_unknown()
    {
        await using var hub = await AccessHost.StartAsync();
        var byRole = await hub.Database.ReadAsync(
            c => PeopleStore.Roles(c).ToDictionary(r => r, r => PeopleStore.PermissionsOf(c, r)), default);
        Assert.Equal(["city-it", "contractor", "crew", "dispatcher", "integration", "monitoring", "open311", "read-only", "supervisor"], byRole.Keys.Order());
        Assert.True(byRole["city-it"].SetEquals(Permissions.All));
        Assert.All(byRole.Values, given => Assert.True(given.IsSubsetOf(Permissions.All)));
        Assert.DoesNotContain(byRole["read-only"], p => p.EndsWith(".write", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_role_without_the_permission_is_told_which_one_it_lacks()
    {
        await using var hub = await AccessHost.StartAsync(map: app =>
        {
            app.MapGet("/api/lamps", (HttpContext context) => context.Actor().Name).RequirePermission("requests.read");
            app.MapGet("/api/keysmith", () => "no").RequirePermission("keys.write");
        });
        using var dispatcher = await hub.SignedInAsync("Dee", "dispatcher");
        Assert.Equal("Dee", await (await dispatcher.FetchAsync("/api/lamps")).Content.ReadAsStringAsync());
        var refused = await dispatcher.FetchAsync("/api/keysmith");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("keys.write", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_forgot_its_permission_is_open_to_nobody()
    {
        await using var hub = await AccessHost.StartAsync(map: app => app.MapGet("/api/forgotten", () => "data"));
        using var admin = await hub.SignedInAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.FetchAsync("/api/forgotten")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await hub.Browser().FetchAsync("/api/forgotten")).StatusCode);
    }

    [Fact]
    public void A_permission_that_does_not_exist_cannot_be_asked_for()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        Assert.Throws<ArgumentException>(() => app.MapGet("/x", () => "").RequirePermission("requests.raed"));
    }

    [Fact]
    public async Task What_is_not_there_looks_like_the_rest_to_nobody_and_is_404_to_a_person()
    {
        await using var hub = await AccessHost.StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await hub.Browser().FetchAsync("/api/nothing")).StatusCode);
        using var person = await hub.SignedInAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await person.FetchAsync("/api/nothing")).StatusCode);
    }

    [Fact]
    public async Task A_changed_role_counts_at_the_next_request()
    {
        await using var hub = await AccessHost.StartAsync();
        using var admin = await hub.SignedInAsync();
        using var other = await hub.SignedInAsync("Bea", "city-it");
        Assert.Equal(HttpStatusCode.OK, (await other.FetchAsync("/api/keys")).StatusCode);
        (await admin.PostJsonAsync("/api/people", new { name = "bea", role = "dispatcher" })).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.Forbidden, (await other.FetchAsync("/api/keys")).StatusCode);
        Assert.Contains(await hub.AuditAsync(), e => e.Action == "person.role" && e.Detail == "from city-it to dispatcher" && e.ActorName == "Ada");
    }

    [Fact]
    public async Task The_last_person_who_can_let_others_in_stays()
    {
        await using var hub = await AccessHost.StartAsync();
        using var admin = await hub.SignedInAsync();
        var me = (await (await admin.FetchAsync("/api/me")).JsonAsync()).GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.Conflict, (await admin.DeleteAsync(new Uri($"/api/people/{me}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostJsonAsync("/api/people", new { name = "Ada", role = "read-only" })).StatusCode);
        using var second = await hub.SignedInAsync("Bea");
        Assert.Equal(HttpStatusCode.NoContent, (await second.DeleteAsync(new Uri($"/api/people/{me}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await admin.FetchAsync("/api/me")).StatusCode);
    }
}
