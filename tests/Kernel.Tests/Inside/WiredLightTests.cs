using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Iio;
using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Kernel.Tests.Inside;

/// <summary>
/// Light sensors behind their own drivers, from registers to lux. A VEML7700 has a VEML6030's registers and no driver in Debian 12's kernel, which later ones have
/// in the VEML6030's: what is shown here is that driver with the older chip.
/// </summary>
public sealed class WiredLightTests : IDisposable
{
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(5));

    public void Dispose() => stop.Dispose();

    [InsideFact]
    public async Task A_bh1750_counts_and_its_driver_scales()
    {
        using var chip = new WiredChip("bh1750", 0x23);
        // What it says after the command "once, high resolution" (0x20); 0.8333 lux a step at its usual 69 cycles.
        chip.SetHigh(0x20, 1200);
        chip.Plug();
        await ReadsAsync("bh1750", 1000, () => chip.SetHigh(0x20, 6), 5);
    }

    [InsideFact]
    public async Task A_veml6030_says_lux()
    {
        using var chip = new WiredChip("veml6030", 0x10, wide: true);
        chip.SetLow(0x04, 1000);
        chip.Plug();
        // 0.5376 lux a step at an eighth of its gain and 100 ms.
        await ReadsAsync("veml6030", 537.6, () => chip.SetLow(0x04, 20), 10.752);
    }

    [InsideFact]
    public async Task A_tsl2591_says_lux_from_both_of_its_diodes()
    {
        using var chip = new WiredChip("tsl2591", 0x29);
        // Its registers behind the command bit: identity, "has measured", visible with infrared, infrared alone.
        chip.Set(0xb2, 0x50);
        chip.Set(0xb3, 0x01);
        Measure(1000, 200);
        chip.Plug();
        // (1000 - 200) x (1 - 0.2) / (300 ms x 25 / 408 counts a lux, which the driver cuts to 18).
        await ReadsAsync("tsl2591", 35.555, () => Measure(40, 4), 1.8);

        void Measure(int both, int infrared)
        {
            chip.SetLow(0xb4, both);
            chip.SetLow(0xb6, infrared);
        }
    }

    [InsideFact]
    public async Task A_wire_that_falls_off_leaves_the_driver_and_is_noticed()
    {
        using var chip = new WiredChip("bh1750", 0x23);
        chip.SetHigh(0x20, 1200);
        chip.Plug();
        var source = Source("bh1750");
        await using var readings = source.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.True(await readings.MoveNextAsync());
        chip.Wire(false);
        var next = readings.MoveNextAsync().AsTask();
        await Eventually.TrueAsync(() => source.Health is { State: SourceState.Missing, Detail: { } why } && why.Contains("a wire is loose", StringComparison.Ordinal), "it does not answer");
        Assert.True(Directory.EnumerateDirectories("/sys/bus/iio/devices").Any(), "the kernel shows it all the same");
        chip.Wire(true);
        Assert.True(await next);
        while (readings.Current.Lux < 999) Assert.True(await readings.MoveNextAsync());
        await Eventually.TrueAsync(() => source.Health.State == SourceState.Ok, "it is read again");
    }

    private static IioLux Source(string name) => new(new IioBus(), name, new LightOptions { RateHz = 20, StaleSeconds = 1 }, new DeviceClock(TimeProvider.System), TimeProvider.System);

    private async Task ReadsAsync(string name, double lux, Action change, double then)
    {
        var source = Source(name);
        await using var readings = source.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.True(await readings.MoveNextAsync());
        Assert.Equal(lux, readings.Current.Lux, 0.01);
        change();
        while (Math.Abs(readings.Current.Lux - then) > 0.01) Assert.True(await readings.MoveNextAsync());
        Assert.Equal("ok", source.Health.ToString());
    }
}
