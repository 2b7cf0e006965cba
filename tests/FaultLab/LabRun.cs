using System.Diagnostics;
using System.Globalization;
using ThreeOneOne.Field.FaultLab.Checks;
using ThreeOneOne.Field.FaultLab.Points;
using ThreeOneOne.Field.FaultLab.Programs;
using ThreeOneOne.Field.FaultLab.Work;

namespace ThreeOneOne.Field.FaultLab;

/// <summary>The usual run: faults on all vehicles at once and on the hub, until the wanted number has struck; then the reckoning.</summary>
internal sealed class LabRun(LabOptions options, LabScene scene, TextWriter output)
{
    private const double HubShare = 0.16;
    private const int BetweenChecks = 8;

    /// <summary>A run of so many points has one of every kind.</summary>
    private const int EveryKindFrom = 200;

    private const int MostExtra = 8;

    /// <summary>Four a second, while something that was acknowledged is not shown.</summary>
    private const int MostLooks = 400;

    private static readonly Dictionary<Step, FaultKind> StrikesAt = new()
    {
        [Step.Append] = FaultKind.KillAppend, [Step.Fsync] = FaultKind.KillFsync, [Step.Send] = FaultKind.CutSend,
        [Step.Acknowledge] = FaultKind.CutAcknowledge, [Step.Delete] = FaultKind.KillDelete, [Step.Push] = FaultKind.CutPush,
    };

    private static readonly TimeSpan PhotoLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(4);

    private readonly Tally tally = new(Path.Combine(options.Folder.Root, "points.log"));
    private readonly FaultPlan plan = new(options.Seed, options.Only);
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly List<string> findings = [];
    private readonly List<string> lost = [];
    private readonly Dictionary<string, bool> damaged = [];
    private int vehiclePoints;
    private int hubPoints;
    private volatile bool hubDone;

    public async Task<LabResult> RunAsync(CancellationToken stop)
    {
        var hubWanted = Math.Max(7, (int)(options.Points * HubShare));
        var check = new WorkCheck(scene.Hub.Api, scene.Desk);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var office = scene.Desk.RunAsync(ending.Token);
        var faults = scene.Crews.Select((c, i) => VehicleAsync(c.Vehicle, c.Crew, check, plan.Fork(), options.Points - hubWanted, ending)).Append(HubAsync(hubWanted, ending)).ToList();
        await Task.WhenAll(faults).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await office.ConfigureAwait(false);
        return await ReckonAsync(check, stop).ConfigureAwait(false);
    }

    private async Task VehicleAsync(LabVehicle vehicle, CrewWork crew, WorkCheck check, Random random, int wanted, CancellationTokenSource ending)
    {
        var line = new LineFaults(vehicle, crew, scene.Desk, random);
        var program = new ProgramFaults(vehicle, crew, scene.Hub.Api, random);
        var disk = new DiskFaults(vehicle, crew, scene.Hub.Api, check, tally, random);
        var copies = new CopyFaults(vehicle, crew, scene, check, random);
        var sinceCheck = 0;
        try
        {
            // A short run goes on a little for what chance has not struck yet.
            for (var extra = 0; (Volatile.Read(ref vehiclePoints) < wanted || !hubDone || (MissingStep() is not null && extra < MostExtra)) && !ending.IsCancellationRequested;)
            {
                var missing = Volatile.Read(ref vehiclePoints) < wanted ? null : MissingStep();
                if (missing is not null) extra++;
                var kind = missing ?? plan.Next(hub: false);
                await crew.SignOnAsync().ConfigureAwait(false);
                await crew.WorkAsync().ConfigureAwait(false);
                var struck = kind switch
                {
                    < FaultKind.TornTail => await program.RunAsync(kind, ending.Token).ConfigureAwait(false),
                    < FaultKind.Restored => await disk.RunAsync(kind, ending.Token).ConfigureAwait(false),
                    < FaultKind.CutSend => await copies.RunAsync(kind, ending.Token).ConfigureAwait(false),
                    _ => await line.RunAsync(kind, ending.Token).ConfigureAwait(false),
                };
                lock (damaged) damaged[vehicle.Id] = disk.Damaged || copies.Damaged;
                vehicle.Heal();
                var counts = tally.Point(kind, vehicle.Id, struck);
                plan.Tried(kind, hub: false, counts);
                if (counts && Interlocked.Increment(ref vehiclePoints) % 50 == 0) Progress();
                if (counts && ++sinceCheck % BetweenChecks == 0) await CheckAsync(vehicle, crew, check, ending).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException && !ending.IsCancellationRequested)
        {
            await FailAsync(vehicle.Id, e.Message, ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Another vehicle failed, or the run is to end.
        }
    }

    private FaultKind? MissingStep()
    {
        if (options.Only.Count > 0) return null;
        foreach (var step in tally.NeverHit) if (StrikesAt.TryGetValue(step, out var kind)) return kind;
        return null;
    }

    private async Task HubAsync(int wanted, CancellationTokenSource ending)
    {
        var faults = new HubFaults(options.Folder, scene.Hub, scene.Crews, scene.Desk, plan.Fork());
        try
        {
            // A short run goes on a little for what chance has not struck yet.
            while ((hubPoints < wanted || (Missing() is not null && hubPoints < wanted + 15)) && !ending.IsCancellationRequested)
            {
                // In step with the vehicles, so that all of a run has both.
                while (hubPoints > 4 && hubPoints * (options.Points - wanted) > (Volatile.Read(ref vehiclePoints) + 4L) * wanted) await Task.Delay(50, ending.Token).ConfigureAwait(false);
                while (!faults.SomethingUnderWay) await Task.Delay(5, ending.Token).ConfigureAwait(false);
                var kind = hubPoints >= wanted && Missing() is { } missing ? missing : plan.Next(hub: true);
                var struck = await faults.RunAsync(kind, ending.Token).ConfigureAwait(false);
                var counts = tally.Point(kind, "hub", struck);
                plan.Tried(kind, hub: true, counts);
                if (counts) hubPoints++;
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or Microsoft.Data.Sqlite.SqliteException && !ending.IsCancellationRequested)
        {
            await FailAsync("hub", e.Message, ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The run is to end.
        }
        finally
        {
            hubDone = true;
        }

        FaultKind? Missing() => tally.NeverHit.Contains(Step.Event) ? FaultKind.HubEvent : tally.NeverHit.Contains(Step.Commit) ? FaultKind.HubCommit : null;
    }

    private async Task CheckAsync(LabVehicle vehicle, CrewWork crew, WorkCheck check, CancellationTokenSource ending)
    {
        if (!await Drain.ActionsAsync(vehicle, DrainLimit).ConfigureAwait(false)) throw new InvalidDataException($"{vehicle.Id} does not drain within {DrainLimit.TotalSeconds:0} s");
        IReadOnlyList<Press> missing = [];
        for (var i = 0; i < MostLooks; i++)
        {
            try
            {
                missing = [.. (await check.MissingAsync(crew, ending.Token).ConfigureAwait(false)).Where(p => !p.Destroyed)];
                if (missing.Count == 0) return;
            }
            catch (Exception e) when (e is HttpRequestException or InvalidDataException)
            {
                // The hub is being killed just now.
            }

            await Task.Delay(250, ending.Token).ConfigureAwait(false);
        }

        if (missing.Count > 0) await FailAsync(vehicle.Id, "lost: " + string.Join(", ", missing.Select(p => $"{p.Note} {p.Kind} {p.Order} {p.Epoch}/{p.Seq}")), ending).ConfigureAwait(false);
    }

    private async Task FailAsync(string target, string what, CancellationTokenSource ending)
    {
        lock (findings)
        {
            findings.Add($"{target}: {what}");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"BROKEN {target}: {what}\nseed {options.Seed}; the last points there:\n{tally.Recent(target)}"));
        }

        await ending.CancelAsync().ConfigureAwait(false);
    }

    private async Task<LabResult> ReckonAsync(WorkCheck check, CancellationToken stop)
    {
        if (!scene.Hub.Program.Runs) await scene.Hub.StartAsync(stop).ConfigureAwait(false);
        foreach (var (vehicle, _) in scene.Crews)
        {
            if (!vehicle.Program.Runs) vehicle.Start();
        }

        // The last fault on a vehicle may have ended its shift, and orders are for a crew on duty.
        foreach (var (vehicle, crew) in scene.Crews)
        {
            vehicle.Heal();
            await crew.SignOnAsync().ConfigureAwait(false);
            if (!await Drain.ActionsAsync(vehicle, DrainLimit).ConfigureAwait(false)) findings.Add($"{vehicle.Id} does not drain");
        }

        var ordersLost = 0;
        foreach (var (vehicle, crew) in scene.Crews)
        {
            IReadOnlyList<Press> missing = [];
            for (var i = 0; i < MostLooks && (missing = [.. (await check.MissingAsync(crew, stop).ConfigureAwait(false)).Where(p => !p.Destroyed)]).Count > 0; i++) await Task.Delay(250, stop).ConfigureAwait(false);
            lost.AddRange(missing.Select(p => $"{p.Note} {p.Kind} {p.Order}"));
            IReadOnlyList<string> orders = [];
            for (var i = 0; i < MostLooks && (orders = await check.OrdersLostAsync(vehicle, crew, stop).ConfigureAwait(false)).Count > 0; i++) await Task.Delay(250, stop).ConfigureAwait(false);
            ordersLost += orders.Count;
            if (orders.Count > 0) findings.Add($"{vehicle.Id} never saw {string.Join(' ', orders)}");
        }

        var photos = 0;
        foreach (var (_, crew) in scene.Crews)
        {
            var missing = await check.PhotosAsync(crew, PhotoLimit, stop).ConfigureAwait(false);
            if (missing.Count > 0) findings.Add("photos lost: " + string.Join(", ", missing.Select(p => $"{p.Photo} of {p.Note}")));
            photos += crew.Presses.Count(p => p is { PhotoFound: true });
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{photos} photos are at the hub, byte for byte")).ConfigureAwait(false);
        var doubled = (await check.AllAsync(stop).ConfigureAwait(false)).Where(n => n.Value > 1).Select(n => $"press {n.Key} stands {n.Value} times")
            .Concat((await check.DuplicateRequestsAsync(stop).ConfigureAwait(false)).Select(r => $"two requests for '{r}'")).ToList();
        findings.AddRange(doubled);
        if (lost.Count > 0) findings.Add("lost: " + string.Join("; ", lost));
        var records = 0;
        foreach (var (vehicle, _) in scene.Crews.Where(c => !damaged.GetValueOrDefault(c.Vehicle.Id)))
        {
            var (gone, twice) = await LedgerCheck.CompareAsync(vehicle, scene.Hub.Api, DrainLimit, stop).ConfigureAwait(false);
            if (gone + twice > 0) findings.Add(string.Create(CultureInfo.InvariantCulture, $"{vehicle.Id}: {gone} records of its append log are not at the hub, {twice} are twice"));
            records += gone;
        }

        if (options.Only.Count == 0) findings.AddRange(tally.NeverHit.Select(s => $"no point hit {s.ToString().ToLowerInvariant()}"));
        if (options.Points >= EveryKindFrom && options.Only.Count == 0) findings.AddRange(tally.NeverStruck.Select(k => $"no point of kind {k}"));
        if (tally.GapsDetected < tally.GapsInjected) findings.Add("a gap was not detected");
        if (tally.Points < options.Points) findings.Add(string.Create(CultureInfo.InvariantCulture, $"only {tally.Points} of {options.Points} points"));
        await output.WriteLineAsync(tally.Table()).ConfigureAwait(false);
        foreach (var finding in findings) await output.WriteLineAsync("FINDING " + finding).ConfigureAwait(false);
        return new LabResult(
            tally.Points, scene.Crews.Sum(c => c.Vehicle.Watch.Acknowledged), lost.Count, ordersLost, doubled.Count, tally.GapsInjected, tally.GapsDetected,
            scene.Crews.Sum(c => c.Vehicle.Watch.LostByBroker), (int)Stopwatch.GetElapsedTime(began).TotalSeconds, findings);
    }

    private void Progress() => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{tally.Points,5} points, {Stopwatch.GetElapsedTime(began).TotalSeconds,5:0} s"));
}
