using System.Globalization;
using Microsoft.Data.Sqlite;
using ThreeOneOne.Field.FaultLab.Programs;
using ThreeOneOne.Field.FaultLab.Shim;
using ThreeOneOne.Field.FaultLab.Work;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.FaultLab.Points;

/// <summary>Faults of the hub and of its broker, while vehicles send.</summary>
internal sealed class HubFaults(LabFolder folder, LabHub hub, IReadOnlyList<(LabVehicle Vehicle, CrewWork Crew)> vehicles, OrderDesk desk, Random random)
{
    private const string DiskFull = "DiskRoom[1010]";
    private const string RoomAgain = "DiskRoom[1011]";

    private static readonly ShimAction[] Kills = [ShimAction.KillBefore, ShimAction.KillWithin, ShimAction.KillAfter];

    /// <summary>True while a crew did something that is not known to be at the hub.</summary>
    public bool SomethingUnderWay => vehicles.Any(v => v.Crew.HasUnacknowledged);

    /// <returns>What happened; null when nothing was struck.</returns>
    public async Task<Strike?> RunAsync(FaultKind kind, CancellationToken stop)
    {
        int[] logs = [LabHub.Log, LabHub.DayLog];
        switch (kind)
        {
            case FaultKind.HubCommit: return await KillAtAsync([ShimOp.Write, ShimOp.Sync], logs, random.Next(1, 25), [Step.Commit], stop).ConfigureAwait(false);
            case FaultKind.HubCheckpoint: return await KillAtAsync([ShimOp.Write, ShimOp.Sync, ShimOp.Truncate], [LabHub.Main, LabHub.Day], random.Next(1, 8), [], stop).ConfigureAwait(false);
            case FaultKind.HubEvent: return await KillWithEventAsync(stop).ConfigureAwait(false);
            case FaultKind.HubAnyTime:
                await Task.Delay(random.Next(400), stop).ConfigureAwait(false);
                await hub.Program.KillAsync().ConfigureAwait(false);
                return await AgainAsync("", [], stop).ConfigureAwait(false);
            case FaultKind.HubDiskFull:
                return await FillDiskAsync(stop).ConfigureAwait(false);
            case FaultKind.BrokerKilled:
                await FileOnItsWayAsync(stop).ConfigureAwait(false);
                foreach (var (vehicle, _) in vehicles) vehicle.Watch.BrokerDies();
                return hub.KillBroker() ? new Strike("broker killed", UnderWay: true) : null;
            default:
                await FileOnItsWayAsync(stop).ConfigureAwait(false);
                foreach (var (vehicle, _) in vehicles) vehicle.Watch.BrokerDies();
                await hub.Program.KillAsync().ConfigureAwait(false);
                hub.KillBroker();
                hub.WipeBroker();
                return await AgainAsync("broker's store wiped", [], stop).ConfigureAwait(false);
        }
    }

    private async Task<Strike?> KillAtAsync(ShimOp[] ops, int[] classes, int nth, Step[] steps, CancellationToken stop)
    {
        var action = Kills[random.Next(Kills.Length)];
        var before = hub.Program.Control.Fired;
        hub.Program.Control.Arm(action, nth, random.NextDouble(), ops, classes);
        await hub.Program.GoneAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(false);
        hub.Program.Control.Disarm();
        return hub.Program.Control.Fired == before ? null : await AgainAsync($"{action} {hub.Program.Control.Last.Op}", steps, stop).ConfigureAwait(false);
    }

    // While a commit is written; the hub must say so once, acknowledge nothing, and go on when there is room.
    private async Task<Strike?> FillDiskAsync(CancellationToken stop)
    {
        var (before, read) = (hub.Program.Control.Fired, new FileInfo(hub.Program.Log).Length);
        hub.Program.Control.Arm(ShimAction.NoSpace, 1, 0, [ShimOp.Write, ShimOp.Create], [LabHub.Log, LabHub.Main, LabHub.DayLog, LabHub.Day]);
        for (var i = 0; i < 300 && Said(read, DiskFull) == 0; i++) await Task.Delay(10, stop).ConfigureAwait(false);
        await Task.Delay(random.Next(200, 1_500), stop).ConfigureAwait(false);
        hub.Program.Control.Disarm();
        var refused = hub.Program.Control.Fired - before;
        if (refused == 0) return null;
        for (var i = 0; i < 1_200 && Said(read, RoomAgain) < Said(read, DiskFull); i++) await Task.Delay(100, stop).ConfigureAwait(false);
        var (full, again) = (Said(read, DiskFull), Said(read, RoomAgain));
        if (full > 1 || again != full) throw new InvalidDataException($"a full disk was said {full} times and its end {again} times (see {hub.Program.Log})");
        return new Strike(string.Create(CultureInfo.InvariantCulture, $"{refused} writes refused, said {full} times"), UnderWay: true);
    }

    private int Said(long from, string number)
    {
        using var log = new FileStream(hub.Program.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Seek(from, SeekOrigin.Begin);
        return new StreamReader(log).ReadToEnd().Split(number).Length - 1;
    }

    // In the middle of a photo, if a crew takes one soon.
    private async Task FileOnItsWayAsync(CancellationToken stop)
    {
        foreach (var (_, crew) in vehicles) crew.PhotoNext = true;
        var before = vehicles.Sum(v => v.Vehicle.Watch.Passed(Lane.File));
        for (var i = 0; i < 300 && vehicles.Sum(v => v.Vehicle.Watch.Passed(Lane.File)) < before + 2; i++) await Task.Delay(10, stop).ConfigureAwait(false);
    }

    // A request that is opened leaves event rows in its transaction, and reactions that read them in the next ones.
    private async Task<Strike?> KillWithEventAsync(CancellationToken stop)
    {
        var before = hub.Program.Control.Fired;
        var action = random.Next(2) == 0 ? ShimAction.KillBefore : ShimAction.KillAfter;
        var giving = desk.GiveAsync(vehicles[random.Next(vehicles.Count)].Vehicle.Crew, stop);
        hub.Program.Control.Arm(action, random.Next(1, 10), 0, [ShimOp.Sync], [LabHub.Log]);
        await hub.Program.GoneAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(false);
        hub.Program.Control.Disarm();
        await giving.ConfigureAwait(false);
        return hub.Program.Control.Fired == before ? null : await AgainAsync(action.ToString(), [], stop).ConfigureAwait(false);
    }

    private async Task<Strike> AgainAsync(string how, Step[] steps, CancellationToken stop)
    {
        await hub.Program.GoneAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(false);
        var mode = (PowerCutMode)random.Next(4);
        if (mode != PowerCutMode.Nothing)
        {
            // A power cut takes the broker too. Without one it lives on as an orphan, which the next hub has to end.
            foreach (var (vehicle, _) in vehicles) vehicle.Watch.BrokerDies();
            hub.KillBroker();
        }

        var cut = hub.Program.CutPower(random, mode);
        var events = PendingEvents();
        await hub.StartAsync(stop).ConfigureAwait(false);
        if (events > 0) steps = [.. steps, Step.Event];
        return new Strike(string.Create(CultureInfo.InvariantCulture, $"{how} {cut} {events} events pending"), UnderWay: true, steps);
    }

    /// <summary>Event rows that the dead hub had committed and not reacted to.</summary>
    private long PendingEvents()
    {
        // Of a copy: opening the file itself would mend it before the hub has to.
        var copy = Directory.CreateDirectory(Path.Combine(folder.Root, "look")).FullName;
        foreach (var name in (string[])["hub.db", "hub.db-wal"])
        {
            var from = Path.Combine(folder.HubData, name);
            var to = Path.Combine(copy, name);
            File.Delete(to);
            if (File.Exists(from)) File.Copy(from, to);
        }

        File.Delete(Path.Combine(copy, "hub.db-shm"));
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(copy, "hub.db"), Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check";
        if (command.ExecuteScalar() is not "ok") throw new InvalidDataException("the hub's database is damaged after a power cut");
        command.CommandText = "SELECT count(*) FROM event_pending";
        return (long)command.ExecuteScalar()!;
    }
}
