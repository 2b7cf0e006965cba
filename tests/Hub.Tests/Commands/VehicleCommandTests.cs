using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Commands;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Commands;

public sealed class VehicleCommandTests
{
    private static readonly Uri Address = new($"/api/vehicles/{Sample.Vehicle}/commands", UriKind.Relative);

    [Fact]
    public async Task A_command_waits_for_its_vehicle_and_is_sent_until_the_result_is_here()
    {
        await using var hub = await StartAsync();
        var id = await GiveAsync(hub, new { kind = "identify", arguments = new { seconds = "5" }, expiresIn = 600 });
        Assert.Equal("queued", await StateAsync(hub));
        Assert.Empty(Sent(hub));

        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = true }));
        await Support.Eventually.TrueAsync(() => Sent(hub).Count() >= 2, "it is sent again without an answer");
        var sent = Sent(hub).First();
        Assert.Equal((id, "identify", "5"), (sent.Id, sent.Kind, sent.Arguments!["seconds"]));
        Assert.Equal("sent", await StateAsync(hub));

        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Result(1, id, CommandOutcome.Done, "blinked")));
        await hub.DrainedAsync();
        Assert.Equal("done", await StateAsync(hub));
        Assert.Equal("blinked", (await hub.GetAsync(Address.ToString())).GetProperty("items")[0].GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_command_that_nobody_took_expires_and_a_late_result_still_settles_it()
    {
        await using var hub = await StartAsync();
        var id = await GiveAsync(hub, new { kind = "identify", expiresIn = 10 });
        await hub.Database.WriteAsync(scope => scope.Execute("UPDATE commands SET expires_ms=expires_ms-20000"), WritePriority.Interactive, default);
        await Support.Eventually.TrueAsync(() => StateAsync(hub).GetAwaiter().GetResult() == "expired", "it expires");
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Result(1, id, CommandOutcome.Failed, "no lamp"), Result(2, "another", CommandOutcome.Done, null)));
        await hub.DrainedAsync();
        Assert.Equal("failed", await StateAsync(hub));
    }

    [Fact]
    public async Task Nobody_settles_another_vehicles_command()
    {
        await using var hub = await StartAsync();
        await hub.RegisterAsync("unit-215");
        var id = await GiveAsync(hub, new { kind = "identify" });
        hub.Broker.Up(Sample.UpTopic.Replace(Sample.Vehicle, "unit-215", StringComparison.Ordinal), Sample.Batch("unit-215", Sample.Epoch, [Sample.Json(Result(1, id, CommandOutcome.Done, null))]));
        await hub.DrainedAsync();
        Assert.Equal("queued", await StateAsync(hub));
    }

    [Fact]
    public async Task A_command_for_nobody_or_without_sense_is_refused_and_a_given_one_audited()
    {
        await using var hub = await StartAsync();
        using var unknown = await hub.Client.PostAsJsonAsync("/api/vehicles/nobody/commands", new { kind = "identify" });
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var bad = await hub.Client.PostAsJsonAsync(Address, new { kind = "No Such!", expiresIn = 1 });
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        var id = await GiveAsync(hub, new { kind = "identify" });
        var audited = await hub.Database.ReadAsync(c => Audit.Read(c, long.MaxValue, 10), default);
        Assert.Contains(audited, a => a.Action == "vehicle.command" && a.Detail.Contains(id, StringComparison.Ordinal));
    }

    private static async Task<TestHub> StartAsync()
    {
        var hub = await TestHub.StartAsync(change: services => services.AddCommands(new CommandsOptions { ResendSeconds = 1 }), map: app => app.MapCommands());
        await hub.RegisterAsync();
        return hub;
    }

    private static WireRecord Result(long seq, string id, CommandOutcome outcome, string? detail) =>
        new() { Seq = seq, Stamp = Sample.Stamp(), Result = new CommandResult(id, outcome, detail) };

    private static async Task<string> GiveAsync(TestHub hub, object command)
    {
        using var response = await hub.Client.PostAsJsonAsync(Address, command);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task<string> StateAsync(TestHub hub) =>
        (await hub.GetAsync(Address.ToString())).GetProperty("items")[0].GetProperty("state").GetString()!;

    private static IEnumerable<Command> Sent(TestHub hub) => hub.Broker.Published.Where(m => Topic.TryParse(m.Topic)?.Lane == Lane.Command)
        .Select(m => WireCodec.Decode(m.Payload, WireJson.Default.Command));
}
