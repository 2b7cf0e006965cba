using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ThreeOneOne.Field.FaultLab.Checks;
using ThreeOneOne.Field.FaultLab.Programs;
using ThreeOneOne.Field.FaultLab.Shim;
using ThreeOneOne.Field.FaultLab.Work;

namespace ThreeOneOne.Field.FaultLab;

/// <summary>
/// A vehicle out of reach for weeks, in compressed time: each day is an ignition cycle with the wall clock a day further,
/// a shift's work and a drive. Its disk budget fills, its certificate runs out on the way, some nights the power goes.
/// </summary>
internal sealed class OfflineRun(LabScene scene, int days, int seed, TextWriter output)
{
    private const int ActionsPerDay = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly Random random = new(seed);
    private readonly List<string> findings = [];

    /// <summary>A budget that the days' drives exceed, and the vehicle's own eyes on the hub's certificate.</summary>
    public static VehicleSetup Setup { get; } = new() { Seen = false, Pace = 300, MaxBytes = 96 * 1024 };

    public async Task<bool> RunAsync(CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        var (vehicle, crew) = scene.Crews[0];
        var check = new WorkCheck(scene.Hub.Api, scene.Desk);
        for (var i = 0; i < days * 2; i++) await scene.Desk.GiveAsync(vehicle.Crew, stop).ConfigureAwait(false);
        await WaitAsync(async () => await vehicle.Screen.StateAsync().ConfigureAwait(false) is { } s && s.Orders.Count >= days * 2, "the orders on the vehicle", stop).ConfigureAwait(false);
        vehicle.Line.Refusing = true;
        vehicle.Line.Cut();
        for (var day = 1; day <= days; day++) await DayAsync(vehicle, crew, day, stop).ConfigureAwait(false);

        // Home again: the hub's clock is where the vehicle's is.
        await scene.Hub.EndAsync().ConfigureAwait(false);
        scene.Hub.Program.Control.Clock = TimeSpan.FromDays(days);
        await scene.Hub.StartAsync(stop).ConfigureAwait(false);
        vehicle.Line.Refusing = false;
        var refused = !await ConnectsAsync(vehicle, TimeSpan.FromSeconds(15), stop).ConfigureAwait(false);
        if (!refused) findings.Add("the broker took a certificate that had run out");
        await vehicle.EnrolAgainAsync(scene.Hub.Api, stop).ConfigureAwait(false);
        await vehicle.Program.EndAsync(TimeSpan.FromSeconds(15)).ConfigureAwait(false);
        vehicle.Start();
        await vehicle.UpAsync().ConfigureAwait(false);
        if (!await Drain.ActionsAsync(vehicle, Patience).ConfigureAwait(false)) findings.Add("the vehicle does not drain");
        IReadOnlyList<Press> missing = [];
        for (var i = 0; i < 40 && (missing = await check.MissingAsync(crew, stop).ConfigureAwait(false)).Count > 0; i++) await Task.Delay(250, stop).ConfigureAwait(false);
        if (missing.Count > 0) findings.Add("lost: " + string.Join(", ", missing.Select(m => $"{m.Note} {m.Kind} {m.Order} {m.Epoch}/{m.Seq}")));
        var doubled = (await check.AllAsync(stop).ConfigureAwait(false)).Count(n => n.Value > 1);
        if (doubled > 0) findings.Add($"{doubled} presses are there twice");
        var dropped = await DroppedAsync(vehicle, stop).ConfigureAwait(false);
        if (dropped == 0) findings.Add("the disk budget never had to drop anything: nothing was shown");
        foreach (var finding in findings) await output.WriteLineAsync("FINDING " + finding).ConfigureAwait(false);
        var saved = crew.Presses.Where(p => p.Said == Said.Saved).ToList();
        await output.WriteLineAsync(JsonSerializer.Serialize(new
        {
            offline_days = days,
            actions = saved.Count,
            completions = saved.Count(p => p.Kind == "complete"),
            completions_lost = missing.Count(p => p.Kind == "complete"),
            lost = missing.Count,
            duplicates = doubled,
            dropped_on_purpose = dropped,
            certificate_refused = refused,
            seconds = (int)Stopwatch.GetElapsedTime(began).TotalSeconds,
        })).ConfigureAwait(false);
        return findings.Count == 0;
    }

    private async Task DayAsync(LabVehicle vehicle, CrewWork crew, int day, CancellationToken stop)
    {
        var night = "";
        if (day % 3 == 0)
        {
            await vehicle.Program.KillAsync().ConfigureAwait(false);
            night = vehicle.Program.CutPower(random, (PowerCutMode)random.Next(1, 4));
        }
        else
        {
            await vehicle.Program.EndAsync(TimeSpan.FromSeconds(15)).ConfigureAwait(false);
        }

        vehicle.Program.Control.Clock = TimeSpan.FromDays(day);
        vehicle.Configure(TimeProvider.System.GetUtcNow().AddDays(day).AddHours(-3));
        vehicle.Start();
        await vehicle.UpAsync().ConfigureAwait(false);
        await crew.SignOnAsync().ConfigureAwait(false);
        var before = crew.Presses.Count(p => p.Said == Said.Saved);
        await crew.WorkUntilAsync(() => crew.Presses.Count(p => p.Said == Said.Saved) >= before + ActionsPerDay, TimeSpan.FromSeconds(40)).ConfigureAwait(false);
        if (await vehicle.Screen.StateAsync().ConfigureAwait(false) is { } state && (day % 5 == 0 || night.Length > 0))
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"day {day,3}: {state.UnsentActions} actions of {state.Unsent} records wait {night}")).ConfigureAwait(false);
    }

    private static async Task<bool> ConnectsAsync(LabVehicle vehicle, TimeSpan within, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < within)
        {
            if (await vehicle.Screen.StateAsync().ConfigureAwait(false) is { Connected: true }) return true;
            await Task.Delay(250, stop).ConfigureAwait(false);
        }

        return false;
    }

    private async Task<long> DroppedAsync(LabVehicle vehicle, CancellationToken stop)
    {
        try
        {
            var gaps = await scene.Hub.Api.GetAsync($"api/vehicles/{vehicle.Id}/gaps", stop).ConfigureAwait(false);
            return gaps.GetProperty("dropped").GetInt64();
        }
        catch (InvalidDataException e)
        {
            findings.Add("the hub does not say what was dropped: " + e.Message);
            return -1;
        }
    }

    private static async Task WaitAsync(Func<Task<bool>> until, string what, CancellationToken stop)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await until().ConfigureAwait(false)) return;
            await Task.Delay(100, stop).ConfigureAwait(false);
        }

        throw new InvalidDataException("it took too long: " + what);
    }
}
