using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Attachments;
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

    [Fact]
    public async Task A_log_comes_as_a_file_that_only_its_readers_see_and_goes_when_it_was_kept_long_enough()
    {
        await using var hub = await StartAsync();
        var id = await GiveAsync(hub, new { kind = "logs" });
        byte[] log = [0x1F, 0x8B, 0x08, .. Enumerable.Repeat((byte)7, 2_000)];
        var file = new AttachmentRef(Convert.ToHexStringLower(SHA256.HashData(log)), AttachmentType.Bundle, log.Length);
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(new WireRecord { Seq = 1, Stamp = Sample.Stamp(), Result = new CommandResult(id, CommandOutcome.Done, "12 lines", file) }));
        await hub.DrainedAsync();
        Assert.Equal("on-its-way", await FileStateAsync(hub));
        var take = hub.Services.GetRequiredService<TakePiece>();
        Assert.Equal(FileProgress.NotExpected, (await take.TakeAsync("unit-9", new FileChunk(file.Sha256, 0, log), default)).Progress);
        Assert.Equal(FileProgress.Complete, (await take.TakeAsync(Sample.Vehicle, new FileChunk(file.Sha256, 0, log), default)).Progress);
        Assert.Equal("received", await FileStateAsync(hub));

        var address = new Uri($"{Address}/{id}/file", UriKind.Relative);
        Assert.Equal(log, await hub.Client.GetByteArrayAsync(address));
        Assert.Contains(await hub.Database.ReadAsync(c => Audit.Read(c, long.MaxValue, 10), default), a => a.Action == "vehicle.file" && a.Detail.StartsWith("logs", StringComparison.Ordinal));
        using var asPhoto = await hub.Client.GetAsync(new Uri($"/api/attachments/{file.Sha256}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, asPhoto.StatusCode);
        using var asOriginal = await hub.Client.GetAsync(new Uri($"/api/attachments/{file.Sha256}/original?reason=looking+around", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, asOriginal.StatusCode);
        using var hold = await hub.Client.PutAsJsonAsync($"/api/attachments/{file.Sha256}/hold", new { reason = "for ever" });
        Assert.Equal(HttpStatusCode.NotFound, hold.StatusCode);
        using var supervisor = await AsAsync(hub, "supervisor");
        using var forbidden = await supervisor.GetAsync(address);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);

        Assert.Equal(0, await hub.Services.GetRequiredService<DropFiles>().RunAsync(default));
        await hub.Database.WriteAsync(scope => scope.Execute("UPDATE commands SET settled_ms=settled_ms-2678400000"), WritePriority.Interactive, default);
        Assert.Equal(1, await hub.Services.GetRequiredService<DropFiles>().RunAsync(default));
        Assert.Equal("gone", await FileStateAsync(hub));
        using var gone = await hub.Client.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Null(hub.Services.GetRequiredService<AttachmentFiles>().Open(file.Sha256));
    }

    [Fact]
    public async Task No_vehicle_gets_a_photo_removed_by_calling_it_its_log()
    {
        await using var hub = await StartAsync();
        await hub.RegisterAsync("unit-215");
        byte[] photo = [0xFF, 0xD8, 0xFF, .. Enumerable.Repeat((byte)9, 900)];
        var name = Convert.ToHexStringLower(SHA256.HashData(photo));
        var byCrew = new AttachmentRef(name, AttachmentType.Jpeg, photo.Length);
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(new WireRecord
        {
            Seq = 1, Stamp = Sample.Stamp(), Duty = new Duty("s1", "crew-1"), Action = new CrewAction { Id = "a1", Kind = CrewActionKind.Complete, Order = "o1", Attachments = [byCrew] },
        }));
        await hub.DrainedAsync();
        Assert.Equal(FileProgress.Complete, (await hub.Services.GetRequiredService<TakePiece>().TakeAsync(Sample.Vehicle, new FileChunk(name, 0, photo), default)).Progress);
        using var held = await hub.Client.PutAsJsonAsync($"/api/attachments/{name}/hold", new { reason = "a lawsuit" });
        Assert.Equal(HttpStatusCode.NoContent, held.StatusCode);

        var bundle = new AttachmentRef(name, AttachmentType.Bundle, photo.Length);
        var id = await GiveAsync(hub, new { kind = "logs" });
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(new WireRecord { Seq = 2, Stamp = Sample.Stamp(), Result = new CommandResult(id, CommandOutcome.Done, "12 lines", bundle) }));
        using var given = await hub.Client.PostAsJsonAsync("/api/vehicles/unit-215/commands", new { kind = "logs" });
        var other = (await given.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        hub.Broker.Up(
            Sample.UpTopic.Replace(Sample.Vehicle, "unit-215", StringComparison.Ordinal),
            Sample.Batch("unit-215", Sample.Epoch, [Sample.Json(new WireRecord { Seq = 1, Stamp = Sample.Stamp(), Result = new CommandResult(other, CommandOutcome.Done, null, bundle) })]));
        await hub.DrainedAsync();
        foreach (var vehicle in new[] { Sample.Vehicle, "unit-215" })
        {
            var command = (await hub.GetAsync($"/api/vehicles/{vehicle}/commands")).GetProperty("items")[0];
            Assert.Equal("done", command.GetProperty("state").GetString());
            Assert.Contains("its file is not taken: something else is named so", command.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.True(!command.TryGetProperty("file", out var file) || file.ValueKind == JsonValueKind.Null);
        }

        // Nor would the photo go if a row of old said so, held or not.
        await hub.Database.WriteAsync(scope => scope.Execute("UPDATE commands SET file_sha256=@name, file_bytes=903, settled_ms=1", new { name }), WritePriority.Interactive, default);
        Assert.Equal(2, await hub.Services.GetRequiredService<DropFiles>().RunAsync(default));
        Assert.Equal(0, await hub.Services.GetRequiredService<DropFiles>().RunAsync(default));
        Assert.Equal(photo, await hub.Client.GetByteArrayAsync(new Uri($"/api/attachments/{name}/original?reason=looking+again", UriKind.Relative)));
    }

    [Fact]
    public async Task A_name_that_a_vehicle_gave_its_log_first_hides_no_photo_and_keeps_none_from_being_kept()
    {
        await using var hub = await StartAsync();
        await hub.RegisterAsync("unit-215");
        byte[] photo = [0xFF, 0xD8, 0xFF, .. Enumerable.Repeat((byte)9, 900)];
        var name = Convert.ToHexStringLower(SHA256.HashData(photo));
        using var given = await hub.Client.PostAsJsonAsync("/api/vehicles/unit-215/commands", new { kind = "logs" });
        var id = (await given.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        hub.Broker.Up(
            Sample.UpTopic.Replace(Sample.Vehicle, "unit-215", StringComparison.Ordinal),
            Sample.Batch("unit-215", Sample.Epoch, [Sample.Json(new WireRecord { Seq = 1, Stamp = Sample.Stamp(), Result = new CommandResult(id, CommandOutcome.Done, null, new AttachmentRef(name, AttachmentType.Bundle, photo.Length)) })]));
        await hub.DrainedAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(new WireRecord
        {
            Seq = 1, Stamp = Sample.Stamp(), Duty = new Duty("s1", "crew-1"),
            Action = new CrewAction { Id = "a1", Kind = CrewActionKind.Complete, Order = "o1", Attachments = [new AttachmentRef(name, AttachmentType.Jpeg, photo.Length)] },
        }));
        await hub.DrainedAsync();
        Assert.Equal(FileProgress.Complete, (await hub.Services.GetRequiredService<TakePiece>().TakeAsync(Sample.Vehicle, new FileChunk(name, 0, photo), default)).Progress);
        await hub.Database.WriteAsync(scope => scope.Execute("UPDATE commands SET settled_ms=1"), WritePriority.Interactive, default);
        Assert.Equal(1, await hub.Services.GetRequiredService<DropFiles>().RunAsync(default));
        Assert.Equal(photo, await hub.Client.GetByteArrayAsync(new Uri($"/api/attachments/{name}/original?reason=looking+again", UriKind.Relative)));
    }

    [Fact]
    public async Task A_command_is_taken_back_until_its_vehicle_answers_and_only_by_who_may_give_it()
    {
        await using var hub = await StartAsync();
        var id = await GiveAsync(hub, new { kind = "wipe", arguments = new { vehicle = Sample.Vehicle } });
        var address = new Uri($"{Address}/{id}", UriKind.Relative);
        using var supervisor = await AsAsync(hub, "supervisor");
        using var forbidden = await supervisor.DeleteAsync(address);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        using var unknown = await hub.Client.DeleteAsync(new Uri($"{Address}/none", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var cancelled = await hub.Client.DeleteAsync(address);
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        Assert.Equal("cancelled", await StateAsync(hub));
        Assert.Contains(await hub.Database.ReadAsync(c => Audit.Read(c, long.MaxValue, 10), default), a => a.Action == "vehicle.command.cancel" && a.Detail == $"wipe {id}");
        using var again = await hub.Client.DeleteAsync(address);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);

        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = true }));
        var blink = await GiveAsync(hub, new { kind = "blink" });
        await Support.Eventually.TrueAsync(() => Sent(hub).Any(c => c.Id == blink), "what is open is sent");
        Assert.DoesNotContain(Sent(hub), c => c.Id == id);
    }

    [Theory]
    [InlineData(CommandOutcome.Failed, "wiped in part; everything had been sent; not destroyed: /x (it may not)", true)]
    [InlineData(CommandOutcome.Failed, "wipe c1 is under way", false)]
    public async Task A_vehicle_that_was_wiped_in_part_is_locked_out_too(CommandOutcome outcome, string detail, bool barred)
    {
        await using var hub = await StartAsync();
        var id = await GiveAsync(hub, new { kind = "wipe", arguments = new { vehicle = Sample.Vehicle } });
        await hub.Database.WriteAsync(
            scope => scope.Execute(
                "INSERT INTO certificates (serial, vehicle, issued_ms, not_after_ms, issued_by, key_hash, pem) VALUES ('0a', @v, 1, 9999999999999, 'test', 'h', 'p')", new { v = Sample.Vehicle }),
            WritePriority.Interactive, default);
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Result(1, id, outcome, detail)));
        await hub.DrainedAsync();
        Assert.Equal("failed", await StateAsync(hub));
        Assert.Equal(barred, (await hub.Database.ReadAsync(c => Hub.Enrolment.EnrolmentStore.Barred(c), default)).Contains(Sample.Vehicle));
    }

    [Theory]
    [InlineData("identify", "application/gzip", 100)]
    [InlineData("logs", "image/jpeg", 100)]
    public async Task A_result_names_no_file_that_its_command_does_not_bring(string kind, string type, int bytes)
    {
        await using var hub = await StartAsync();
        var id = await GiveAsync(hub, new { kind });
        var file = new AttachmentRef(new string('a', 64), type, bytes);
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(new WireRecord { Seq = 1, Stamp = Sample.Stamp(), Result = new CommandResult(id, CommandOutcome.Done, null, file) }));
        await hub.DrainedAsync();
        var command = (await hub.GetAsync(Address.ToString())).GetProperty("items")[0];
        Assert.Equal("done", command.GetProperty("state").GetString());
        Assert.True(!command.TryGetProperty("file", out var named) || named.ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task A_file_that_is_too_long_is_refused()
    {
        await using var hub = await StartAsync();
        var id = await GiveAsync(hub, new { kind = "capture" });
        var file = new AttachmentRef(new string('b', 64), AttachmentType.Bundle, 5_001);
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(new WireRecord { Seq = 1, Stamp = Sample.Stamp(), Result = new CommandResult(id, CommandOutcome.Done, null, file) }));
        await hub.DrainedAsync();
        Assert.Equal("refused", await FileStateAsync(hub));
    }

    [Theory]
    [InlineData("logs")]
    [InlineData("capture")]
    [InlineData("restart")]
    [InlineData("wipe")]
    public async Task Each_command_that_reaches_far_needs_a_permission_of_its_own(string kind)
    {
        await using var hub = await StartAsync();
        using var supervisor = await AsAsync(hub, "supervisor");
        using var refused = await supervisor.PostAsJsonAsync(Address, new { kind, arguments = new { vehicle = Sample.Vehicle } });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var blink = await supervisor.PostAsJsonAsync(Address, new { kind = "blink" });
        Assert.Equal(HttpStatusCode.Created, blink.StatusCode);
        await GiveAsync(hub, new { kind, arguments = new { vehicle = Sample.Vehicle } });
    }

    [Fact]
    public async Task A_wipe_needs_the_vehicles_id_once_more_and_waits_for_years()
    {
        await using var hub = await StartAsync();
        using var unsure = await hub.Client.PostAsJsonAsync(Address, new { kind = "wipe", arguments = new { vehicle = "unit-215" } });
        Assert.Equal(HttpStatusCode.BadRequest, unsure.StatusCode);
        var id = await GiveAsync(hub, new { kind = "wipe", arguments = new { vehicle = Sample.Vehicle, seconds = "60" } });
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = true }));
        await Support.Eventually.TrueAsync(() => Sent(hub).Any(), "it is sent");
        var sent = Sent(hub).First();
        Assert.Equal(["seconds"], sent.Arguments!.Keys);
        Assert.True(sent.Expires > TimeProvider.System.GetUtcNow().AddYears(9));
        await hub.Database.WriteAsync(
            scope => scope.Execute(
                "INSERT INTO certificates (serial, vehicle, issued_ms, not_after_ms, issued_by, key_hash, pem) VALUES ('0a', @v, 1, 9999999999999, 'test', 'h', 'p')", new { v = Sample.Vehicle }),
            WritePriority.Interactive, default);
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Result(1, id, CommandOutcome.Done, "wiped; everything had been sent")));
        await hub.DrainedAsync();
        Assert.Equal("done", await StateAsync(hub));
        Assert.Contains(Sample.Vehicle, await hub.Database.ReadAsync(c => Hub.Enrolment.EnrolmentStore.Barred(c), default));
    }

    private static async Task<HttpClient> AsAsync(TestHub hub, string role)
    {
        var key = await hub.Database.WriteAsync(scope => CreateKey.Do(scope, Actor.Console, role, role, null), WritePriority.Interactive, default);
        var client = new HttpClient { BaseAddress = hub.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", key.Text);
        return client;
    }

    private static async Task<string> FileStateAsync(TestHub hub) =>
        (await hub.GetAsync(Address.ToString())).GetProperty("items")[0].GetProperty("file").GetProperty("state").GetString()!;

    private static async Task<TestHub> StartAsync()
    {
        var hub = await TestHub.StartAsync(change: services => services.AddAttachments(new AttachmentsOptions()).AddSingleton<TakePiece>().AddCommands(new CommandsOptions { ResendSeconds = 1, MaxBundleBytes = 5_000 }), map: app =>
        {
            app.MapAttachments();
            app.MapCommands();
        });
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
