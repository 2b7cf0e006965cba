using System.Diagnostics;
using ThreeOneOne.Field.Agent.Gpio;
using ThreeOneOne.Field.Agent.Panel;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Recordings;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Kernel.Tests.Inside;

/// <summary>Pins by the kernel's GPIO character device, on chips of gpio-sim.</summary>
public sealed class GpioTests : IDisposable
{
    private const int Button = 3;
    private const int LampLine = 5;

    private readonly SimChip chip = new("board", 8, (Button, "GPIO17"), (LampLine, "GPIO27"), (6, "BRAKE"));
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(5));

    public void Dispose()
    {
        stop.Dispose();
        chip.Dispose();
    }

    [InsideFact]
    public async Task A_button_to_ground_is_found_by_name_and_its_edges_carry_the_kernels_time()
    {
        // Another chip before it: numbers mean nothing.
        using var other = new SimChip("another", 4).Plug();
        chip.Plug();
        var button = Open("gpio:GPIO17,pull-up,active-low", 0);
        await using var edges = button.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var next = edges.MoveNextAsync().AsTask();
        await Eventually.TrueAsync(() => button.Health.State == SourceState.Ok, "it listens");
        Assert.True(chip.IsPulledUp(Button));
        var began = Monotonic();
        chip.Pull(Button, up: false);
        Assert.True(await next);
        var down = edges.Current;
        chip.Pull(Button, up: true);
        Assert.True(await edges.MoveNextAsync());
        Assert.Equal((true, false), (down.Down, edges.Current.Down));
        Assert.InRange(down.AtMs, began - 1, edges.Current.AtMs);
        Assert.InRange(edges.Current.AtMs, down.AtMs, Monotonic() + 1);
        Assert.Equal(("ok", 2L), (button.Health.ToString(), button.Health.Readings));
    }

    [InsideFact]
    public async Task The_kernel_leaves_out_what_is_shorter_than_the_debounce()
    {
        chip.Plug();
        var button = Open($"gpio:{chip.Chip}:{Button},active-low,pull-up", 300);
        await using var edges = button.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var next = edges.MoveNextAsync().AsTask();
        await Eventually.TrueAsync(() => button.Health.State == SourceState.Ok, "it listens");
        // A machine that is stopped in between makes a press of the glitch: then it was none.
        long took;
        do
        {
            var from = Stopwatch.GetTimestamp();
            chip.Pull(Button, up: false);
            chip.Pull(Button, up: true);
            took = (long)Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        }
        while (took > 100);
        Assert.Equal(0, button.Health.Readings);
        chip.Pull(Button, up: false);
        Assert.True(await next);
        Assert.True(edges.Current.Down);
        Assert.Equal(1, button.Health.Readings);
    }

    [InsideFact]
    public async Task A_chip_that_is_unplugged_is_missing_and_listened_to_again()
    {
        chip.Plug();
        var button = Open("gpio:GPIO17,pull-up,active-low", 0);
        await using var edges = button.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var next = edges.MoveNextAsync().AsTask();
        await Eventually.TrueAsync(() => button.Health.State == SourceState.Ok, "it listens");
        chip.Pull(Button, up: false);
        Assert.True(await next);

        next = edges.MoveNextAsync().AsTask();
        chip.Unplug();
        await Eventually.TrueAsync(() => button.Health.Detail?.StartsWith("there is no line 'GPIO17'", StringComparison.Ordinal) is true, "it is looked for");
        chip.Plug();
        // It was down when it went, and is up: it was let go.
        Assert.True(await next);
        Assert.False(edges.Current.Down);
        chip.Pull(Button, up: false);
        Assert.True(await edges.MoveNextAsync());
        Assert.True(edges.Current.Down);
        Assert.Equal("ok", button.Health.ToString());
    }

    [InsideFact]
    public void A_lamp_at_a_pin_shows_what_it_is_told_and_lets_go()
    {
        chip.Plug();
        using (var lamp = new Lamp("gpio:GPIO27", TimeProvider.System))
        {
            lamp.Set(true);
            Assert.Equal(("ok", true), (lamp.Health.ToString(), chip.IsHigh(LampLine)));
            lamp.Set(false);
            Assert.False(chip.IsHigh(LampLine));
        }

        using var inverted = new Lamp("gpio:GPIO27,active-low", TimeProvider.System);
        inverted.Set(false);
        Assert.Equal(("ok", true), (inverted.Health.ToString(), chip.IsHigh(LampLine)));
        inverted.Set(true);
        Assert.False(chip.IsHigh(LampLine));
    }

    [InsideFact]
    public void A_lamp_whose_chip_goes_away_is_asked_for_again()
    {
        chip.Plug();
        using var lamp = new Lamp("gpio:GPIO27", TimeProvider.System);
        lamp.Set(true);
        chip.Unplug();
        lamp.Set(true);
        Assert.Equal(SourceState.Missing, lamp.Health.State);
        chip.Plug();
        lamp.Set(true);
        Assert.Equal(("ok", true), (lamp.Health.ToString(), chip.IsHigh(LampLine)));
    }

    [InsideFact]
    public void A_line_in_use_says_by_whom()
    {
        chip.Hog(6, "brake-light").Plug();
        Assert.Contains($"the line 'BRAKE' ({chip.Chip}:6) is used by 'brake-light'", Refused("gpio:BRAKE").Message, StringComparison.Ordinal);
        using var ours = GpioRequest.ForOutput(new GpioBoard(), Address("gpio:GPIO27"));
        Assert.Contains("is used by 'field-agent'", Refused("gpio:GPIO27").Message, StringComparison.Ordinal);
    }

    [InsideFact]
    public void A_line_that_is_not_there_names_those_near_it()
    {
        chip.Plug();
        Assert.Equal("there is no line 'GPIO71'; near it are GPIO17, GPIO27, BRAKE", Refused("gpio:GPIO71").Message);
        Assert.Equal($"{chip.Chip} has no line 8, but 0 to 7", Refused($"gpio:{chip.Chip}:8").Message);
        // Beside the one of the guest's device tree.
        var said = Refused("gpio:gpiochip99:0").Message;
        Assert.StartsWith("there is no chip gpiochip99, but ", said, StringComparison.Ordinal);
        Assert.Contains(chip.Chip, said, StringComparison.Ordinal);
    }

    [InsideFact]
    public void A_name_on_two_chips_is_no_name()
    {
        chip.Plug();
        using var other = new SimChip("twin", 4, (1, "GPIO17")).Plug();
        var said = Refused("gpio:GPIO17").Message;
        Assert.StartsWith("there is more than one line 'GPIO17': name one of gpio:gpiochip", said, StringComparison.Ordinal);
        Assert.Contains($"gpio:{other.Chip}:1", said, StringComparison.Ordinal);
    }

    private static IButtonSource Open(string address, int debounceMs) =>
        ButtonSources.Open(new ButtonOptions { Source = address, DebounceMs = debounceMs }, new Playback(1, null, positionLeads: false, TimeProvider.System), TimeProvider.System);

    private static GpioAddress Address(string text) => GpioAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text);

    private static GpioException Refused(string address) => Assert.Throws<GpioException>(() => GpioRequest.ForEdges(new GpioBoard(), Address(address), TimeSpan.Zero));

    private static long Monotonic() => (long)(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency * 1000);
}
