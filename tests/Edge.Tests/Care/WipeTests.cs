using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Care;
using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Care;

/// <summary>A vehicle that is sold or stolen: what is unsent leaves, then nothing can be read, whatever the power does.</summary>
public sealed class WipeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_wipe_sends_what_is_unsent_then_leaves_nothing_that_can_be_read()
    {
        Directory.CreateDirectory(folder["identity"]);
        foreach (var name in new[] { "vehicle.key", "vehicle.crt", "next.key", "vehicle.key.new", "hub.json" }) await File.WriteAllTextAsync(folder["identity/" + name], "private");
        var vehicle = new TestVehicle(folder["data"], acknowledges: false, identityFolder: folder["identity"]);
        await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, default);
        vehicle.Give("wipe", "c1", ("seconds", "600"));
        await Eventually.TrueAsync(() => File.Exists(folder["data/wipe.json"]), "it is noted");
        // Nothing is destroyed while something may still leave, and a restart does not forget the order.
        await vehicle.StopAsync();
        Assert.True(File.Exists(folder["data/data-key.json"]));
        Assert.True(File.Exists(folder["identity/vehicle.key"]));

        await using (vehicle = new TestVehicle(folder["data"], identityFolder: folder["identity"]))
        {
            var result = await vehicle.ResultAsync("c1");
            Assert.Equal((CommandOutcome.Done, "wiped; everything had been sent"), (result.Outcome, result.Detail));
            Assert.Contains(vehicle.Link.Records, r => r.Shift is not null);
            Assert.False(File.Exists(folder["data/data-key.json"]));
            Assert.False(File.Exists(folder["data/wrapping-key"]));
            Assert.Empty(Directory.GetFileSystemEntries(folder["identity"]));
            await vehicle.Running.WaitAsync(TimeSpan.FromMinutes(2));
            Assert.Equal(0, vehicle.Agent.ExitCode);
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder["data"]));
    }

    [Fact]
    public async Task A_wipe_whose_time_is_over_says_what_it_cost()
    {
        await using var vehicle = new TestVehicle(folder["data"], acknowledges: false);
        await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, default);
        vehicle.Give("wipe", "c1", ("seconds", "0"));
        var result = await vehicle.ResultAsync("c1");
        Assert.Matches(@"^wiped; \d+ records and files were not sent in time and are lost$", result.Detail!);
    }

    [Fact]
    public async Task A_second_wipe_is_refused_and_changes_nothing_of_the_first()
    {
        await using var vehicle = new TestVehicle(folder["data"], acknowledges: false);
        await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, default);
        vehicle.Give("wipe", "c1", ("seconds", "600"));
        await Eventually.TrueAsync(() => File.Exists(folder["data/wipe.json"]), "it is noted");
        vehicle.Give("wipe", "c2", ("seconds", "0"));
        var refused = await vehicle.ResultAsync("c2");
        Assert.Equal((CommandOutcome.Failed, "wipe c1 is under way"), (refused.Outcome, refused.Detail));
        Assert.True(File.Exists(folder["data/data-key.json"]));
        vehicle.Link.Acknowledges = true;
        vehicle.Link.Connect(true);
        Assert.Equal(CommandOutcome.Done, (await vehicle.ResultAsync("c1")).Outcome);
    }

    [Fact]
    public async Task What_the_crew_did_before_leaves_and_what_it_does_after_is_refused_with_a_sentence()
    {
        await using var vehicle = new TestVehicle(folder["data"], acknowledges: false);
        await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, default);
        vehicle.Give("wipe", "c1", ("seconds", "600"));
        await Eventually.TrueAsync(() => File.Exists(folder["data/wipe.json"]), "it is noted");
        // While it drains a crew may still report.
        await vehicle.Agent.Actions.TakeAsync(new ActionRequest { Id = "a1", Kind = CrewActionKind.Duress }, default);
        vehicle.Link.Acknowledges = true;
        vehicle.Link.Connect(true);
        Assert.Equal("wiped; everything had been sent", (await vehicle.ResultAsync("c1")).Detail);
        Assert.Contains(vehicle.Link.Records, r => r.Action?.Id == "a1");
        var refused = await Assert.ThrowsAsync<ActionRefusedException>(() => vehicle.Agent.Actions.TakeAsync(new ActionRequest { Id = "a2", Kind = CrewActionKind.Duress }, default).AsTask());
        Assert.Contains("wipes this vehicle", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<Agent.Shifts.ShiftRefusedException>(() => vehicle.Agent.Shift.ChangeAsync(ShiftState.Off, null, null, default).AsTask());
    }

    [Fact]
    public async Task What_comes_between_the_last_look_and_the_refusal_is_looked_at_again()
    {
        await using var vehicle = new DrainingVehicle(folder["data"]);
        var destroyed = -1;
        // A crew presses as the door closes: it is in the outbox, and nothing is destroyed before it has left.
        var keeper = vehicle.Keeper(close: () => vehicle.Append("late"), destroy: _ => destroyed = vehicle.Outbox.Counts.Actions);
        keeper.Order("c1", "600");
        var running = keeper.RunAsync(default);
        await Eventually.TrueAsync(() => vehicle.Closed, "the door closes");
        Assert.Equal(-1, destroyed);
        Assert.False(File.Exists(folder["data/wiping.json"]));
        await Eventually.TrueAsync(
            () =>
            {
                vehicle.AcknowledgeAll();
                return destroyed >= 0;
            },
            "it goes on");
        Assert.Equal(0, destroyed);
        await vehicle.EndAsync(running);
    }

    [Fact]
    public async Task One_file_that_resists_saves_no_other_and_is_named_in_the_result()
    {
        Directory.CreateDirectory(folder["identity"]);
        await File.WriteAllTextAsync(folder["identity/vehicle.key"], "private");
        Directory.CreateDirectory(folder["sas"]);
        await File.WriteAllTextAsync(folder["sas/key"], "private");
        await using var vehicle = new DrainingVehicle(folder["data"]);
        var keeper = vehicle.Keeper(
            close: () => { },
            destroy: path =>
            {
                if (path == folder["sas/key"]) throw new UnauthorizedAccessException("it may not");
                Leftovers.Erase(path);
            },
            new WipeTargets([folder["sas/key"], folder["data/data-key.json"]], [folder["identity"]], []));
        await File.WriteAllTextAsync(folder["data/data-key.json"], "half");
        keeper.Order("c1", "0");
        var running = keeper.RunAsync(default);
        await Eventually.TrueAsync(() => vehicle.Results.Any(), "it is answered");
        var result = vehicle.Results.Single();
        Assert.Equal(CommandOutcome.Failed, result.Outcome);
        Assert.Equal($"wiped in part; everything had been sent; not destroyed: {folder["sas/key"]} (it may not)", result.Detail);
        Assert.False(File.Exists(folder["data/data-key.json"]));
        Assert.Empty(Directory.GetFiles(folder["identity"]));
        await vehicle.EndAsync(running);
    }

    [Fact]
    public void Whenever_the_power_goes_the_next_start_finishes_it_before_a_key_can_be_opened()
    {
        for (var cut = 0; ; cut++)
        {
            var data = folder[$"cut-{cut}/data"];
            var identity = folder[$"cut-{cut}/identity"];
            foreach (var path in new[] { data + "/outbox", data + "/versions/1.2.3", identity }) Directory.CreateDirectory(path);
            foreach (var path in new[] { data + "/data-key.json", data + "/wrapping-key", data + "/outbox/1.seg", data + "/shift.json", data + "/versions/1.2.3/app", identity + "/vehicle.key", identity + "/next.key", folder[$"cut-{cut}/sas"] })
                File.WriteAllText(path, "secret");
            var targets = new WipeTargets([data + "/data-key.json", data + "/wrapping-key", data + "/data-key.json.new", folder[$"cut-{cut}/sas"]], [identity], [data + "/versions"]);
            var steps = 0;
            void Erase(string path)
            {
                if (steps++ == cut) throw new PowerCutException();
                Leftovers.Erase(path);
            }

            var done = false;
            try
            {
                var wiping = new Wiping(data, Erase);
                wiping.Begin("c1", targets);
                wiping.Destroy(targets);
                wiping.Finish();
                done = true;
            }
            catch (PowerCutException)
            {
                // Nothing opens the folder now, neither the vehicle nor whoever looks beside it.
                Assert.NotNull(Wiping.Fault(data));
                Assert.Contains("being wiped", Assert.Throws<IOException>(() => new TestVehicle(data)).Message, StringComparison.Ordinal);
                Assert.True(Wiping.Finish(data, NullLogger.Instance));
            }

            Assert.Equal([data + "/versions"], Directory.GetFileSystemEntries(data));
            Assert.True(File.Exists(data + "/versions/1.2.3/app"));
            Assert.Empty(Directory.GetFileSystemEntries(identity));
            Assert.False(File.Exists(folder[$"cut-{cut}/sas"]));
            Assert.False(Wiping.Finish(data, NullLogger.Instance));
            if (!done) continue;
            Assert.InRange(cut, 8, 20);
            return;
        }
    }

    [Fact]
    public async Task A_start_finishes_a_wipe_before_it_reads_keys_or_waits_for_a_code()
    {
        foreach (var path in new[] { "data/outbox", "identity" }) Directory.CreateDirectory(folder[path]);
        // The data key went, then the power: what is left cannot be opened, and the identity is still there.
        await File.WriteAllTextAsync(folder["data/shift.json"], "sealed");
        await File.WriteAllTextAsync(folder["identity/vehicle.key"], "private");
        new Wiping(folder["data"]).Begin("c1", new WipeTargets([folder["data/data-key.json"]], [folder["identity"]], []));
        await File.WriteAllTextAsync(folder["agent.json"], $$"""
            { "Vehicle": { "Data": "{{folder["data"]}}", "Identity": "{{folder["identity"]}}" }, "Enrolment": { "CodeFiles": ["{{folder["code"]}}"] } }
            """);
        string[] settings = ["--config", folder["agent.json"]];
        using var errors = new StringWriter();
        await Agent.AgentProgram.RunAsync(["enrol", "abc", .. settings], TextWriter.Null, errors);
        Assert.Contains("being wiped", errors.ToString(), StringComparison.Ordinal);
        using var process = new System.Diagnostics.Process();
        process.StartInfo = new System.Diagnostics.ProcessStartInfo("dotnet", [Repository.AgentProgram, "run", .. settings]) { RedirectStandardOutput = true, RedirectStandardError = true };
        process.Start();
        var said = process.StandardOutput.ReadToEndAsync();
        try
        {
            await Eventually.TrueAsync(() => process.HasExited || !File.Exists(folder["data/wiping.json"]), "the start finishes it");
            Assert.Empty(Directory.GetFileSystemEntries(folder["identity"]));
            Assert.False(File.Exists(folder["data/shift.json"]));
        }
        finally
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
        }

        Assert.Contains("Wipe c1 was begun", await said, StringComparison.Ordinal);
    }

    private sealed class PowerCutException : Exception;
}
