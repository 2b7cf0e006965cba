using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Power;
using ThreeOneOne.Field.Agent.Recordings;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Power;

public sealed class PowerKeeperTests : IDisposable
{
    private const double Soon = 0.5 / 60;
    private const double Long = 10;

    private readonly TemporaryFolder folder = new();
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(5));
    private readonly ScriptedIgnition ignition = new();
    private volatile bool busy;
    private int ends;

    public void Dispose()
    {
        stop.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Off_it_works_on_for_its_hold_up_and_then_ends_once()
    {
        var power = Keeper(new IgnitionOptions { HoldUpMinutes = Soon });
        // Said by itself: who looks now and then on a busy machine may come when it is over.
        long? since = null;
        power.Changed += () => since = power.IsOn == false ? Stopwatch.GetTimestamp() : null;
        var running = power.RunAsync(ignition, stop.Token);
        ignition.Turn(true);
        await UntilAsync(() => power.IsOn == true, "it is on");
        ignition.Turn(false);
        await running;
        Assert.True(Stopwatch.GetElapsedTime(since!.Value).TotalSeconds > 0.3, "it held up");
        Assert.Equal((PowerState.Ending, false, 1), (power.State, power.IsOn, ends));
    }

    [Fact]
    public async Task On_again_within_the_hold_up_nothing_was()
    {
        var power = Keeper(new IgnitionOptions { HoldUpMinutes = Long });
        var changes = 0;
        power.Changed += () => changes++;
        var running = power.RunAsync(ignition, stop.Token);
        ignition.Turn(false);
        await UntilAsync(() => power.State == PowerState.HoldUp, "it holds up");
        ignition.Turn(true);
        await UntilAsync(() => power.State == PowerState.On, "it is on");
        Assert.Equal((2, 0), (changes, ends));
        await EndAsync(running);
    }

    [Fact]
    public async Task What_flickers_is_no_change()
    {
        var power = Keeper(new IgnitionOptions { HoldUpMinutes = 0, SettleSeconds = 30 });
        var running = power.RunAsync(ignition, stop.Token);
        for (var i = 0; i < 20; i++)
        {
            ignition.Turn(i % 2 == 1);
            await Task.Yield();
        }

        Assert.Equal((PowerState.On, (bool?)null), (power.State, power.IsOn));
        await EndAsync(running);
    }

    [Fact]
    public async Task What_waits_is_sent_before_it_ends()
    {
        busy = true;
        var power = Keeper(new IgnitionOptions { HoldUpMinutes = 0, FinishMinutes = Long });
        var running = power.RunAsync(ignition, stop.Token);
        ignition.Turn(false);
        await UntilAsync(() => power.State == PowerState.Finishing, "it finishes");
        Assert.Equal(0, ends);
        busy = false;
        await running;
        Assert.Equal(1, ends);
    }

    [Fact]
    public async Task Sending_ends_when_its_time_is_over()
    {
        busy = true;
        var power = Keeper(new IgnitionOptions { HoldUpMinutes = 0, FinishMinutes = Soon });
        var running = power.RunAsync(ignition, stop.Token);
        ignition.Turn(false);
        await running;
        Assert.Equal((PowerState.Ending, 1), (power.State, ends));
    }

    [Fact]
    public async Task With_nobody_to_turn_it_off_it_is_parked_and_comes_back()
    {
        var power = Keeper(new IgnitionOptions { HoldUpMinutes = 0 }, powerOff: false);
        var running = power.RunAsync(ignition, stop.Token);
        ignition.Turn(false);
        await UntilAsync(() => power.State == PowerState.Parked, "it is parked");
        ignition.Turn(true);
        await UntilAsync(() => power.State == PowerState.On, "it is on");
        Assert.Equal(0, ends);
        await EndAsync(running);
    }

    [Fact]
    public async Task A_wire_that_is_gone_turns_no_vehicle_off()
    {
        var power = Keeper(new IgnitionOptions { HoldUpMinutes = Long });
        var running = power.RunAsync(ignition, stop.Token);
        ignition.Turn(false);
        await UntilAsync(() => power.State == PowerState.HoldUp, "it holds up");
        ignition.Health = new SourceHealth(SourceState.Missing, "no such line");
        await UntilAsync(() => power is { State: PowerState.On, IsOn: null }, "nothing is known");
        await EndAsync(running);
    }

    [Fact]
    public async Task A_battery_that_gets_low_ends_the_hold_up_but_never_a_drive()
    {
        await File.WriteAllTextAsync(folder["volts"], "10400000\n");
        var power = Keeper(new IgnitionOptions { HoldUpMinutes = Long, VoltageFile = folder["volts"], CutOffVolts = 11.8, CutOffSeconds = 0.1 });
        var running = power.RunAsync(ignition, stop.Token);
        ignition.Turn(true);
        await UntilAsync(() => power.IsOn == true && power.Volts == 10.4, "it measures");
        Assert.Equal(PowerState.On, power.State);
        ignition.Turn(false);
        await running;
        Assert.Equal((PowerState.Ending, 1), (power.State, ends));
    }

    [Fact]
    public async Task A_supply_is_an_ignition_by_whether_it_is_there()
    {
        Directory.CreateDirectory(folder["hat-usb"]);
        await File.WriteAllTextAsync(folder["hat-usb/online"], "1\n");
        var source = new SupplyIgnition(folder.Path, "hat-usb", TimeProvider.System);
        await using var levels = source.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.True(await levels.MoveNextAsync() && levels.Current);
        await File.WriteAllTextAsync(folder["hat-usb/online"], "0\n");
        Assert.True(await levels.MoveNextAsync() && !levels.Current);
        Assert.Equal("ok", source.Health.ToString());
        Directory.Delete(folder["hat-usb"], recursive: true);
        Directory.CreateDirectory(folder["other"]);
        var next = levels.MoveNextAsync();
        await UntilAsync(() => source.Health.Detail == "the kernel shows no supply 'hat-usb', but other", "it says which there are");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    [Fact]
    public async Task A_recording_says_what_its_lines_say()
    {
        await File.WriteAllLinesAsync(folder["ignition.csv"], ["1795270980000,1", "nonsense", "1795270980200,0", "1795270980300,7"]);
        var source = IgnitionSources.Open(new IgnitionOptions { Source = $"file:{folder["ignition.csv"]}" }, new Playback(100, null, positionLeads: false, TimeProvider.System), TimeProvider.System);
        var levels = new List<bool>();
        await foreach (var level in source.ReadAsync(stop.Token)) levels.Add(level);
        Assert.Equal([true, false], levels);
        Assert.Equal(2, source.Health.Unreadable);
    }

    [Fact]
    public async Task A_vehicle_ends_by_its_ignition_and_its_shift_goes_on_at_the_next_start()
    {
        // Long enough for a status that says that it is off to leave.
        var options = new IgnitionOptions { SettleSeconds = 0.1, HoldUpMinutes = 6 * Soon, PowerOffFile = folder["power-off"] };
        await using (var vehicle = new TestVehicle(folder["data"], ignition: ignition, ignitionOptions: options))
        {
            await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "paving-alpha", null, stop.Token);
            ignition.Turn(true);
            await UntilAsync(() => vehicle.Agent.Health.Current().Ignition == true, "it is on");
            ignition.Turn(false);
            await vehicle.Running;
            Assert.True(vehicle.Agent.PowersOff);
            Assert.Contains(vehicle.Link.Statuses, s => s.Ignition == true);
            Assert.Equal(false, vehicle.Link.Statuses.Last(s => s.Online).Ignition);
            Assert.False(vehicle.Agent.Health.Current().Ignition);
        }

        await using var next = new TestVehicle(folder["data"], ignition: new ScriptedIgnition(), ignitionOptions: options);
        Assert.Equal((ShiftState.On, "paving-alpha"), (next.Agent.Gate.State, next.Agent.Gate.Shift?.Crew));
        Assert.False(next.Agent.PowersOff);
    }

    private static Task UntilAsync(Func<bool> condition, string what) => Eventually.TrueAsync(condition, what);

    private PowerKeeper Keeper(IgnitionOptions options, bool powerOff = true)
    {
        if (options.SettleSeconds == 2) options.SettleSeconds = 0.1;
        options.PowerOffFile = powerOff ? folder["power-off"] : "";
        return new PowerKeeper(options, () => busy, () => Interlocked.Increment(ref ends), TimeProvider.System, NullLogger.Instance);
    }

    private async Task EndAsync(Task running)
    {
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
