using ThreeOneOne.Field.Agent.Gpio;
using ThreeOneOne.Field.Agent.Panel;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Edge.Tests.Gpio;

/// <summary>What needs no kernel; pins themselves are tested in the guest (tests/kernel.sh).</summary>
public sealed class GpioAddressTests
{
    [Theory]
    [InlineData("gpio:GPIO17", "GPIO17", null, 0, false, GpioBias.AsIs)]
    [InlineData("gpio:GPIO17,pull-up,active-low", "GPIO17", null, 0, true, GpioBias.PullUp)]
    [InlineData("gpio:PIN 11,active-low,no-bias", "PIN 11", null, 0, true, GpioBias.None)]
    [InlineData("gpio:gpiochip10:27,pull-down", null, "gpiochip10", 27, false, GpioBias.PullDown)]
    // Names of boards have colons too.
    [InlineData("gpio:ID:SDA", "ID:SDA", null, 0, false, GpioBias.AsIs)]
    internal void An_address_says_which_line_and_how_it_is_wired(string text, string? name, string? chip, int offset, bool activeLow, GpioBias bias)
    {
        Assert.True(GpioAddress.TryParse(text, out var address));
        Assert.Equal((name, chip, offset, activeLow, bias), (address.Name, address.Chip, address.Offset, address.ActiveLow, address.Bias));
    }

    [Theory]
    [InlineData("GPIO17")]
    [InlineData("gpio:")]
    [InlineData("gpio:,pull-up")]
    [InlineData("gpio:gpiochip0:x")]
    [InlineData("gpio:gpiochip0:-1")]
    [InlineData("gpio:gpiochipX:1")]
    [InlineData("gpio:GPIO17,pull-up,pull-down")]
    [InlineData("gpio:GPIO17,active-low,active-low")]
    [InlineData("gpio:GPIO17,")]
    [InlineData("gpio:GPIO17,Pull-Up")]
    [InlineData("gpio:a-name-of-thirty-two-characters-x")]
    public void What_is_no_address_is_none(string text) => Assert.False(GpioAddress.TryParse(text, out _));

    [Fact]
    public void Chips_that_may_not_be_opened_are_named_with_what_to_do()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["gpiochip0"]);
        Assert.True(GpioAddress.TryParse("gpio:GPIO17", out var address));
        var refused = Assert.Throws<GpioException>(() => new GpioBoard(folder.Path).Find(address));
        Assert.Equal("there is no line 'GPIO17', and no line has a name: use gpio:gpiochipN:OFFSET; gpiochip0 may not be opened: is the udev rule installed, and the user in its group?", refused.Message);
    }

    [Fact]
    public void A_lamp_at_a_pin_that_is_not_there_is_said_in_the_health()
    {
        if (Directory.EnumerateFileSystemEntries("/dev", "gpiochip*").Any()) return;
        using var lamp = new Lamp("gpio:GPIO27", TimeProvider.System);
        lamp.Set(true);
        Assert.Equal((SourceState.Missing, "gpio:GPIO27: the kernel shows no GPIO chip (/dev/gpiochip*)"), (lamp.Health.State, lamp.Health.Detail));
    }
}
