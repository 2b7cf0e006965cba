using System.Diagnostics;
using ThreeOneOne.Field.Hub.Broker;
using ThreeOneOne.Field.Hub.Tests.Storage;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Hub.Tests.Broker;

/// <summary>The real program, killed.</summary>
public sealed class KilledHubTests
{
    [Fact]
    public async Task After_kill_9_of_the_hub_the_next_start_ends_its_broker_and_an_orderly_stop_leaves_none()
    {
        using var folder = new ServerFolder("hub");
        var program = await ReadableProgramAsync(folder);
        folder.HandOver();

        ChildRecord orphan;
        await using (var hub = Start(program, folder))
        {
            orphan = await BrokerOfAsync(hub, folder, other: null);
            await hub.KillAsync();
        }

        Assert.True(orphan.IsAlive, "the broker has a process group of its own and lives on");
        ChildRecord successor;
        await using (var hub = Start(program, folder))
        {
            successor = await BrokerOfAsync(hub, folder, other: orphan);
            Assert.False(orphan.IsAlive);
            Assert.Equal(orphan.Port, successor.Port);
            await hub.StopAsync();
        }

        Assert.False(successor.IsAlive);
    }

    [Fact]
    public async Task A_broker_that_a_killed_hub_had_not_noted_yet_is_ended_too()
    {
        using var folder = new ServerFolder("hub");
        var program = await ReadableProgramAsync(folder);
        folder.HandOver();
        ChildRecord orphan;
        var port = FreePort.Next();
        await using (var hub = Start(program, folder, "--Broker:Port=" + port))
        {
            orphan = await BrokerOfAsync(hub, folder, other: null);
            await hub.KillAsync();
        }

        File.Delete(Path.Combine(folder.Path, "data", "broker", "child.json"));
        await using (var hub = Start(program, folder, "--Broker:Port=" + port))
        {
            await BrokerOfAsync(hub, folder, other: orphan);
            Assert.False(orphan.IsAlive);
            await hub.StopAsync();
        }
    }

    private static ServerProcess Start(string program, ServerFolder folder, params string[] more) => ServerProcess.Start(
        "dotnet", [program, "run", "--Hub:Port=" + FreePort.Next(), .. TestStorage.Arguments($"{folder.Path}/data"), .. more], "dotnet-sdk-10.0");

    private static async Task<ChildRecord> BrokerOfAsync(ServerProcess hub, ServerFolder folder, ChildRecord? other)
    {
        ChildRecord? record = null;
        await Eventually.TrueAsync(
            () =>
            {
                Assert.False(hub.HasExited, hub.Output);
                record = ChildRecord.Read(Path.Combine(folder.Path, "data", "broker", "child.json"));
                return record is { IsAlive: true } && record != other;
            },
            "the hub starts its broker", TimeSpan.FromMinutes(3));
        return record!;
    }

    /// <summary>Where the checkout belongs to root alone, the hub's user gets a copy that it can read.</summary>
    private static async Task<string> ReadableProgramAsync(ServerFolder folder)
    {
        var program = typeof(EmbeddedBroker).Assembly.Location;
        if (UnprivilegedUser.Current is null) return program;
        using var copy = Process.Start("cp", ["-r", AppContext.BaseDirectory, Path.Combine(folder.Path, "program")]);
        await copy.WaitForExitAsync();
        return Path.Combine(folder.Path, "program", Path.GetFileName(program));
    }
}
