using ThreeOneOne.Field.Agent.Gpio;

namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>A button or a lamp: the pin by its name, the key, or the LED is there and may be used.</summary>
/// <param name="name">What it is called on the report.</param>
/// <param name="address">As configured; empty: none.</param>
/// <param name="board">The pins of this computer.</param>
internal sealed class PinCheck(string name, string address, GpioBoard board) : ICheck
{
    private const string Rights = "sudo udevadm trigger --settle, and run this as the agent's user (sudo field-agent doctor)";

    public string Name => name;

    public Task<Finding> LookAsync(CancellationToken stop) => Task.FromResult(Look());

    private Finding Look()
    {
        if (address.Length == 0) return new Finding(name, CheckState.Skipped, "none is configured");
        if (GpioAddress.TryParse(address, out var pin)) return Pin(pin);
        if (address.StartsWith("file:", StringComparison.Ordinal) || address.StartsWith("tcp:", StringComparison.Ordinal)) return new Finding(name, CheckState.Skipped, $"{address} is a recording");
        var led = Path.Combine(address, "brightness");
        var (file, access) = File.Exists(led) ? (led, FileAccess.Write) : (address, FileAccess.Read);
        try
        {
            if (!Path.Exists(file)) return new Finding(name, CheckState.Wrong, $"{address} is not there", "check the wire and its overlay in /boot/firmware/config.txt (gpio-key, gpio-led), then restart");
            using var open = new FileStream(file, FileMode.Open, access, FileShare.ReadWrite, 0);
            return new Finding(name, CheckState.Ok, $"{address} is there and may be used");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return new Finding(name, CheckState.Wrong, $"{address} may not be opened: {e.Message}", Rights);
        }
    }

    private Finding Pin(GpioAddress pin)
    {
        try
        {
            var line = board.Find(pin);
            var user = board.UserOf(line);
            return user is null or GpioRequest.Consumer
                ? new Finding(name, CheckState.Ok, $"{pin} is line {line.Offset} of {line.Chip}")
                : new Finding(name, CheckState.Wrong, $"{pin} is used by {user}", "take the other program or overlay off that pin, or choose another");
        }
        catch (IOException e)
        {
            // Lines of a chip that may not be opened are not there for us: first the rights.
            return new Finding(name, CheckState.Wrong, e.Message, e.Message.Contains("may not", StringComparison.Ordinal) ? Rights : "gpioinfo lists the names; wire the button there, or name another pin");
        }
    }
}
