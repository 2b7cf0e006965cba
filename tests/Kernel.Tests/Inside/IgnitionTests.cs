using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Panel;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Power;
using ThreeOneOne.Field.Agent.Recordings;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Kernel.Tests.Inside;

/// <summary>The ignition at a pin, an input device and a supply of the kernel.</summary>
public sealed class IgnitionTests : IDisposable
{
    private const string TestSupply = "/sys/module/test_power/parameters";

    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(5));

    public void Dispose() => stop.Dispose();

    [InsideFact]
    public async Task A_pin_says_where_it_stands_when_it_is_opened_and_each_change()
    {
        using var chip = new SimChip("ignition", 2, (1, "GPIO22")).Plug();
        chip.Pull(1, up: true);
        var source = Open("gpio:GPIO22");
        await using var levels = source.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.True(await levels.MoveNextAsync() && levels.Current);
        chip.Pull(1, up: false);
        Assert.True(await levels.MoveNextAsync() && !levels.Current);
        chip.Unplug();
        await Eventually.TrueAsync(() => source.Health.State == SourceState.Missing, "it is missing");
        chip.Plug();
        chip.Pull(1, up: true);
        while (!levels.Current) Assert.True(await levels.MoveNextAsync());
        Assert.Equal("ok", source.Health.ToString());
    }

    [InsideFact]
    public async Task A_key_that_is_held_is_an_ignition_that_is_on()
    {
        IIgnitionSource source;
        using (var key = new MadeKey())
        {
            key.Press(true);
            source = Open(key.Node);
            await using var levels = source.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
            Assert.True(await levels.MoveNextAsync() && levels.Current);
            key.Press(false);
            Assert.True(await levels.MoveNextAsync() && !levels.Current);
            key.Press(true);
            Assert.True(await levels.MoveNextAsync() && levels.Current);
            key.Dispose();
            await Eventually.TrueAsync(() => source.Health.State == SourceState.Missing, $"it is missing");
        }
    }

    [InsideFact]
    public async Task The_panels_button_is_read_from_a_key_of_the_kernel_with_its_steady_clock()
    {
        using var key = new MadeKey();
        var button = new InputButton(new ButtonOptions { Source = key.Node, Code = 256 }, TimeProvider.System);
        await using var edges = button.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var next = edges.MoveNextAsync().AsTask();
        await Eventually.TrueAsync(() => button.Health.State == SourceState.Ok, "it listens");
        key.Press(true);
        Assert.True(await next);
        Assert.True(edges.Current.Down);
        // Seconds since the guest's start, not since 1970.
        Assert.InRange(edges.Current.AtMs, 1, Environment.TickCount64 + 1000);
        key.Press(false);
        Assert.True(await edges.MoveNextAsync() && !edges.Current.Down);
    }

    [InsideFact]
    public async Task A_supply_that_goes_ends_a_vehicle_and_one_that_comes_back_in_time_does_not()
    {
        var ended = false;
        var options = new IgnitionOptions { Source = "power_supply:test_ac", SettleSeconds = 0.1, HoldUpMinutes = 30, PowerOffFile = "/tmp/power-off", VoltageFile = "/sys/class/power_supply/test_battery/voltage_now", VoltsPerStep = 0.001, CutOffVolts = 3, CutOffSeconds = 0.2 };
        File.WriteAllText($"{TestSupply}/ac_online", "on");
        File.WriteAllText($"{TestSupply}/battery_voltage", "3300");
        var power = new PowerKeeper(options, () => false, () => ended = true, TimeProvider.System, NullLogger.Instance);
        var running = power.RunAsync(Open(options.Source), stop.Token);
        await Eventually.TrueAsync(() => power is { IsOn: true, Volts: > 3.2 }, "it is on");
        File.WriteAllText($"{TestSupply}/ac_online", "off");
        await Eventually.TrueAsync(() => power.State == PowerState.HoldUp, "it holds up");
        File.WriteAllText($"{TestSupply}/ac_online", "on");
        await Eventually.TrueAsync(() => power.State == PowerState.On, "nothing was");
        File.WriteAllText($"{TestSupply}/ac_online", "off");
        await Eventually.TrueAsync(() => power.State == PowerState.HoldUp, "it holds up");
        File.WriteAllText($"{TestSupply}/battery_voltage", "2900");
        await running;
        Assert.True(ended);
        File.WriteAllText($"{TestSupply}/ac_online", "on");
        File.WriteAllText($"{TestSupply}/battery_voltage", "3300");
    }

    private static IIgnitionSource Open(string address) =>
        IgnitionSources.Open(new IgnitionOptions { Source = address, Code = 256 }, new Playback(1, null, positionLeads: false, TimeProvider.System), TimeProvider.System);
}
