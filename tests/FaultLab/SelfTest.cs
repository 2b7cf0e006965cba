using System.Text;
using System.Text.Json.Nodes;
using ThreeOneOne.Field.FaultLab.Checks;
using ThreeOneOne.Field.FaultLab.Programs;
using ThreeOneOne.Field.FaultLab.Shim;
using ThreeOneOne.Field.FaultLab.Work;
using ThreeOneOne.Field.Support.Proxy;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.FaultLab;

/// <summary>
/// Breaks each promise on purpose, from outside, and wants the lab's own checks to report it: a lab that is blind would
/// call everything well.
/// </summary>
internal sealed class SelfTest(LabScene scene, TextWriter output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // Four a second: what is well may take long on a busy machine, what is broken does not come.
    private const int Looks = 20;
    private const int MostLooks = 400;

    private readonly WorkCheck check = new(scene.Hub.Api, scene.Desk);

    /// <returns>True when every break was reported.</returns>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        (string Promise, Func<CancellationToken, Task<string?>> Break)[] breaks =
        [
            ("nothing broken", NothingAsync),
            ("orders arrive: pushes vanish", OrdersVanishAsync),
            ("each record once: applied again under another number", DoubledAsync),
            ("acknowledged after the commit: acknowledged before, then lost", EarlyAcknowledgementAsync),
            ("saved after the fsync: the vehicle skips one", s => SkippedFsyncAsync(s)),
            ("committed after the fsync: the hub skips some", HubSkipsFsyncAsync),
        ];
        var seen = true;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var office = scene.Desk.RunAsync(ending.Token);
        foreach (var (promise, breaking) in breaks)
        {
            var report = await breaking(stop).ConfigureAwait(false);
            var wanted = breaking == NothingAsync ? report is null : report is not null;
            seen &= wanted;
            await output.WriteLineAsync($"{(wanted ? "ok  " : "BLIND")} {promise}: {report ?? "no finding"}").ConfigureAwait(false);
            foreach (var (vehicle, crew) in scene.Crews)
            {
                vehicle.Heal();
                (vehicle.Watch.OnBatch, vehicle.Watch.Vanishing) = (null, null);
                foreach (var press in crew.Presses.Where(p => !p.Found)) press.Destroyed = true;
            }
        }

        await ending.CancelAsync().ConfigureAwait(false);
        await office.ConfigureAwait(false);
        return seen;
    }

    private (LabVehicle Vehicle, CrewWork Crew) First => scene.Crews[0];

    private async Task<string?> NothingAsync(CancellationToken stop)
    {
        await PressAsync(8).ConfigureAwait(false);
        if (await OrdersAsync(stop, MostLooks).ConfigureAwait(false) is { } orders) return orders;
        if ((await check.AllAsync(stop).ConfigureAwait(false)).Any(n => n.Value > 1)) return "a press is there twice";
        return await LostAsync(stop, MostLooks).ConfigureAwait(false);
    }

    private async Task<string?> OrdersVanishAsync(CancellationToken stop)
    {
        First.Vehicle.Watch.Vanishing = Lane.Orders;
        await scene.Desk.GiveAsync(First.Vehicle.Crew, stop).ConfigureAwait(false);
        return await OrdersAsync(stop).ConfigureAwait(false);
    }

    // The hub as it would be without its ranges: it takes the same work again, under a number that it does not know.
    private async Task<string?> DoubledAsync(CancellationToken stop)
    {
        var (vehicle, _) = First;
        var forged = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        vehicle.Watch.OnBatch = batch =>
        {
            var record = batch.Records.Select(r => JsonNode.Parse(r.Span)!.AsObject()).FirstOrDefault(r => r["action"]?["note"] is not null);
            if (record is null) return PacketFate.Pass;
            record["seq"] = 1;
            record["action"]!["id"] = "again-" + record["action"]!["id"];
            record.Remove("chain");
            var again = new UpBatch(batch.Version, batch.Vehicle, "0123456789abcdef", [Encoding.UTF8.GetBytes(record.ToJsonString())]);
            forged.TrySetResult(WireCodec.Encode(UpBatchWriter.Write(again)));
            return PacketFate.Pass;
        };
        await PressAsync(4).ConfigureAwait(false);
        var message = await forged.Task.WaitAsync(Patience, stop).ConfigureAwait(false);
        await vehicle.Line.ForgeAsync(up: true, new Topic(LabFolder.Jurisdiction, vehicle.Id, Lane.Up).ToString(), message).ConfigureAwait(false);
        for (var i = 0; i < MostLooks; i++)
        {
            if ((await check.AllAsync(stop).ConfigureAwait(false)).FirstOrDefault(n => n.Value > 1) is { Key: { } note } twice) return $"press {note} stands {twice.Value} times";
            await Task.Delay(250, stop).ConfigureAwait(false);
        }

        return null;
    }

    // The hub as it would be if it acknowledged before its commit, and died between.
    private async Task<string?> EarlyAcknowledgementAsync(CancellationToken stop)
    {
        var (vehicle, _) = First;
        vehicle.Watch.OnBatch = batch =>
        {
            var numbers = batch.Records.Select(r => UpBatchReader.ReadRecord(r).Seq).ToList();
            if (numbers.Count == 0) return PacketFate.Pass;
            var ack = new Ack { Epoch = batch.Epoch, Ranges = [.. numbers.Select(n => new[] { n, n })] };
            _ = vehicle.Line.ForgeAsync(up: false, new Topic(LabFolder.Jurisdiction, vehicle.Id, Lane.Ack).ToString(), WireCodec.Encode(ack, WireJson.Default.Ack));
            return PacketFate.Vanish;
        };
        await PressAsync(4).ConfigureAwait(false);
        await Drain.UnsentAsync(vehicle, Patience).ConfigureAwait(false);
        vehicle.Watch.OnBatch = null;
        vehicle.Line.Cut();
        return await LostAsync(stop).ConfigureAwait(false);
    }

    private async Task<string?> SkippedFsyncAsync(CancellationToken stop)
    {
        var (vehicle, crew) = First;
        await Drain.ActionsAsync(vehicle, Patience).ConfigureAwait(false);
        vehicle.Line.Refusing = true;
        vehicle.Line.Cut();
        vehicle.Program.Control.Arm(ShimAction.Lie, 1, 0, [ShimOp.Sync], [LabVehicle.Segment, LabVehicle.Outbox]);
        for (var i = 0; i < 20 && await crew.WorkAsync().ConfigureAwait(false) is not { Said: Said.Saved }; i++) await Task.Delay(50, stop).ConfigureAwait(false);
        await vehicle.Program.KillAsync().ConfigureAwait(false);
        vehicle.Program.CutPower(new Random(1), PowerCutMode.All);
        vehicle.Line.Refusing = false;
        vehicle.Start();
        await vehicle.UpAsync().ConfigureAwait(false);
        return await LostAsync(stop).ConfigureAwait(false);
    }

    private async Task<string?> HubSkipsFsyncAsync(CancellationToken stop)
    {
        await Drain.ActionsAsync(First.Vehicle, Patience).ConfigureAwait(false);
        scene.Hub.Program.Control.Arm(ShimAction.Lie, 1, 0, [ShimOp.Sync], Enumerable.Range(0, ShimControl.OtherClass));
        await PressAsync(4).ConfigureAwait(false);
        await Drain.ActionsAsync(First.Vehicle, Patience).ConfigureAwait(false);
        await scene.Hub.Program.KillAsync().ConfigureAwait(false);
        scene.Hub.KillBroker();
        scene.Hub.Program.CutPower(new Random(1), PowerCutMode.All);
        await scene.Hub.StartAsync(stop).ConfigureAwait(false);
        return await LostAsync(stop).ConfigureAwait(false);
    }

    private async Task PressAsync(int times)
    {
        var (_, crew) = First;
        await crew.SignOnAsync().ConfigureAwait(false);
        var saved = 0;
        var before = Saved();
        await crew.WorkUntilAsync(() => crew.Last is { Said: Said.Saved } && ++saved > times * 8, TimeSpan.FromSeconds(times)).ConfigureAwait(false);
        await crew.WorkUntilAsync(() => Saved() > before, Patience).ConfigureAwait(false);

        int Saved() => crew.Presses.Count(p => p.Said == Said.Saved);
    }

    private async Task<string?> LostAsync(CancellationToken stop, int looks = Looks)
    {
        var (vehicle, crew) = First;
        if (!await Drain.ActionsAsync(vehicle, Patience).ConfigureAwait(false)) return "does not drain";
        IReadOnlyList<Press> missing = [];
        for (var i = 0; i < looks; i++)
        {
            missing = [.. (await check.MissingAsync(crew, stop).ConfigureAwait(false)).Where(p => !p.Destroyed)];
            if (missing.Count == 0) return null;
            await Task.Delay(250, stop).ConfigureAwait(false);
        }

        return $"{missing.Count} saved presses are lost";
    }

    private async Task<string?> OrdersAsync(CancellationToken stop, int looks = Looks)
    {
        var (vehicle, crew) = First;
        IReadOnlyList<string> lost = [];
        for (var i = 0; i < looks; i++)
        {
            lost = await check.OrdersLostAsync(vehicle, crew, stop).ConfigureAwait(false);
            if (lost.Count == 0) return null;
            await Task.Delay(250, stop).ConfigureAwait(false);
        }

        return $"{lost.Count} orders never reached the screen";
    }
}
