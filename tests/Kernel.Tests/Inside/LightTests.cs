using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Iio;
using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Kernel.Tests.Inside;

/// <summary>A light sensor behind a driver of the kernel, on a chip of i2c-stub; others are in <see cref="WiredLightTests"/>.</summary>
public sealed class LightTests : IDisposable
{
    private readonly StubChip chip = new(0x39);
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(5));
    private readonly IioLux source = new(new IioBus(), "tsl4531", new LightOptions { RateHz = 20 }, new DeviceClock(TimeProvider.System), TimeProvider.System);

    public void Dispose()
    {
        stop.Dispose();
        chip.Dispose();
    }

    [InsideFact]
    public async Task A_tsl4531_says_lux_and_is_read_again_after_it_was_unplugged()
    {
        Plug(1234);
        await using var readings = source.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.True(await readings.MoveNextAsync());
        Assert.Equal(1234, readings.Current.Lux);
        Measure(56);
        while (readings.Current.Lux != 56) Assert.True(await readings.MoveNextAsync());
        Assert.Equal("ok", source.Health.ToString());

        chip.Unplug();
        await Eventually.TrueAsync(() => source.Health is { State: SourceState.Missing, Detail: { } why } && why.StartsWith("the kernel shows no sensor", StringComparison.Ordinal), "it is looked for");
        Plug(789);
        while (readings.Current.Lux != 789) Assert.True(await readings.MoveNextAsync());
        Assert.Equal("ok", source.Health.ToString());
    }

    private void Plug(int lux)
    {
        // Its identity, at the registers with the command bit.
        chip.Set(0x8a, 0xb0);
        Measure(lux);
        chip.Plug("tsl4531");
    }

    private void Measure(int lux) => chip.SetWord(0x84, lux);
}
