using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ThreeOneOne.Field.Hub.Broker;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>
/// Writes what a vehicle's computer needs besides the package, from its profile: the agent's first configuration, the boot loader's
/// lines, udev rules, systemd drop-ins; and a city's own broker its configuration and rules, by the code that the hub has for its own.
/// </summary>
public static class RenderProfile
{
    private const string BrokerFolder = "/var/lib/mosquitto";
    private const int BrokerPort = 8883;

    // Drivers that the overlay i2c-sensor of Raspberry Pi's firmware knows; others get an overlay of their own.
    private static readonly string[] KnownOverlays = ["bh1750", "mpu6050", "mpu9250"];

    private static readonly Dictionary<string, string> Compatible = new(StringComparer.Ordinal)
    {
        ["lsm6ds3"] = "st,lsm6ds3", ["lsm6dso"] = "st,lsm6dso", ["bmi160"] = "bosch,bmi160", ["adxl345"] = "adi,adxl345", ["tsl2591"] = "amstaos,tsl2591", ["veml7700"] = "vishay,veml7700",
    };

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Relative names and contents of the files.</summary>
    /// <param name="vehicle">One of <paramref name="all"/>.</param>
    /// <param name="jurisdiction">The city's id.</param>
    /// <param name="all">Every vehicle of the folder: the broker's rules name them all.</param>
    public static IEnumerable<(string Name, string Text)> Files(string vehicle, string jurisdiction, IReadOnlyDictionary<string, VehicleSettings> all)
    {
        var settings = all[vehicle].Settings;
        var hardware = settings["Hardware"] as JsonObject ?? [];
        var head = $"# Written by field-hub profile render for {vehicle}; changes are lost.\n";
        yield return ("agent.json", Agent(settings));
        yield return ("boot/config.txt", head + "# At the end of /boot/firmware/config.txt, below [all].\n" + BootLines(hardware));
        if (OwnOverlay(hardware) is { Length: > 0 } overlay) yield return ("boot/field-sensors.dts", $"// {head[2..]}// dtc -@ -I dts -O dtb -o /boot/firmware/overlays/field-sensors.dtbo field-sensors.dts\n{overlay}");
        yield return ("udev/70-field-vehicle.rules", head + UdevRules(hardware));
        yield return ("systemd/field-agent.service.d/vehicle.conf", head + DropIn(settings));
        yield return ("gpsd", head + Gpsd(hardware));
        yield return ("broker/mosquitto.conf", BrokerConfiguration.Write(
            new BrokerOptions { Host = "0.0.0.0" }, BrokerPort, BrokerFolder, new BrokerFiles("/etc/mosquitto/certs/ca.crt", "/etc/mosquitto/certs/server.crt", "/etc/mosquitto/certs/server.key")));
        yield return ("broker/acl", BrokerRules.Write(all.Keys.Select(id => new Vehicle(id, Identifier.Require(jurisdiction, "jurisdiction"), id, VehicleKind.Crewed, default))));
    }

    // Identity and link come with the vehicle's enrolment.
    private static string Agent(JsonObject settings)
    {
        var agent = new JsonObject { ["Vehicle"] = new JsonObject { ["Identity"] = "/var/lib/field-agent/identity", ["Data"] = "/var/lib/field-agent/data" } };
        foreach (var (name, section) in settings) agent[name] = section!.DeepClone();
        return agent.ToJsonString(Indented) + "\n";
    }

    private static string BootLines(JsonObject hardware)
    {
        var lines = new StringBuilder();
        var (accelerometer, light, receiver) = (Part(hardware, "Accelerometer"), Part(hardware, "Light"), Part(hardware, "Receiver"));
        var sensors = new[] { accelerometer, light }.Where(s => Text(s, "Driver").Length > 0).ToList();
        if (sensors.Count > 0) lines.Append(CultureInfo.InvariantCulture, $"dtparam=i2c_arm=on,i2c_arm_baudrate={Number(hardware, "I2cHz", 400_000)}\n");
        if (sensors.Any(s => !KnownOverlays.Contains(Text(s, "Driver")))) lines.Append("dtoverlay=field-sensors\n");
        if (KnownOverlays.Contains(Text(accelerometer, "Driver")))
        {
            var pin = Number(accelerometer, "InterruptPin", 4);
            lines.Append(CultureInfo.InvariantCulture, $"dtoverlay=i2c-sensor,{Text(accelerometer, "Driver")},addr=0x{Number(accelerometer, "Address", 104):x2}{(pin > 0 ? $",int_pin={pin}" : "")}\n");
        }

        if (KnownOverlays.Contains(Text(light, "Driver"))) lines.Append(CultureInfo.InvariantCulture, $"dtoverlay=i2c-sensor,{Text(light, "Driver")},addr=0x{Number(light, "Address", 35):x2}\n");
        if (Text(receiver, "Usb").Length == 0) lines.Append("enable_uart=1\n");
        if (Number(receiver, "PulsePin", 0) is var pulse and > 0) lines.Append(CultureInfo.InvariantCulture, $"dtoverlay=pps-gpio,gpiopin={pulse}\n");
        if (Number(hardware, "LampPin", 0) is var lamp and > 0) lines.Append(CultureInfo.InvariantCulture, $"dtoverlay=gpio-led,gpio={lamp},label=field\n");
        return lines.Length == 0 ? "# Nothing is wired that needs a driver.\n" : lines.ToString();
    }

    private static string OwnOverlay(JsonObject hardware)
    {
        var nodes = new StringBuilder();
        foreach (var (part, name, address) in new[] { ("Accelerometer", "accelerometer", 104), ("Light", "light-sensor", 35) })
        {
            var sensor = Part(hardware, part);
            if (Text(sensor, "Driver") is not { Length: > 0 } driver || KnownOverlays.Contains(driver) || !Compatible.TryGetValue(driver, out var compatible)) continue;
            var at = Number(sensor, "Address", address);
            nodes.Append(CultureInfo.InvariantCulture, $"      {name}@{at:x} {{\n        compatible = \"{compatible}\";\n        reg = <0x{at:x}>;\n");
            if (part == "Accelerometer" && Number(sensor, "InterruptPin", 4) is var pin and > 0)
                nodes.Append(CultureInfo.InvariantCulture, $"        interrupt-parent = <&gpio>;\n        interrupts = <{pin} 1>;\n        interrupt-names = \"INT1\";\n");
            nodes.Append("      };\n");
        }

        return nodes.Length == 0 ? "" : $$"""
            /dts-v1/;
            /plugin/;
            / {
              compatible = "brcm,bcm2835";
              fragment@0 {
                target = <&i2c_arm>;
                __overlay__ {
                  #address-cells = <1>;
                  #size-cells = <0>;
                  status = "okay";
            {{nodes}}    };
              };
            };

            """;
    }

    private static string UdevRules(JsonObject hardware)
    {
        var receiver = Part(hardware, "Receiver");
        var lines = new StringBuilder();
        if (Text(receiver, "Usb").Split(':') is [var vendor, var product])
            lines.Append($"SUBSYSTEM==\"tty\", ATTRS{{idVendor}}==\"{vendor}\", ATTRS{{idProduct}}==\"{product}\", SYMLINK+=\"gnss0\", TAG+=\"systemd\", ENV{{SYSTEMD_WANTS}}+=\"gpsdctl@%k.service\"\n");
        else lines.Append("SUBSYSTEM==\"tty\", KERNEL==\"ttyAMA0\", SYMLINK+=\"gnss0\"\n");
        if (Number(receiver, "PulsePin", 0) > 0) lines.Append("SUBSYSTEM==\"pps\", KERNEL==\"pps0\", GROUP=\"dialout\", MODE=\"0660\"\n");
        return lines.ToString();
    }

    private static string DropIn(JsonObject settings)
    {
        var text = new StringBuilder("[Unit]\n");
        if ((string?)Part(settings, "Position")["Source"] is { } source && source.StartsWith("gpsd:", StringComparison.Ordinal)) text.Append("Wants=gpsd.service\nAfter=gpsd.service\n");
        // The crew may still be at work after the key was turned: what is sent then must not be cut off.
        var hold = Part(settings, "Ignition")["FinishMinutes"] is JsonValue minutes ? minutes.GetValue<double>() : 5;
        text.Append(CultureInfo.InvariantCulture, $"\n[Service]\nTimeoutStopSec={Math.Max(30, (int)(hold * 60))}\n");
        return text.ToString();
    }

    private static string Gpsd(JsonObject hardware)
    {
        var receiver = Part(hardware, "Receiver");
        var pulse = Number(receiver, "PulsePin", 0) > 0 ? " /dev/pps0" : "";
        var speed = Text(receiver, "Usb").Length > 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" -s {Number(receiver, "Baud", 9_600)}");
        return $"# As /etc/default/gpsd.\nSTART_DAEMON=\"true\"\nUSBAUTO=\"false\"\nDEVICES=\"/dev/gnss0{pulse}\"\nGPSD_OPTIONS=\"-n{speed}\"\n";
    }

    private static JsonObject Part(JsonObject group, string name) => group[name] as JsonObject ?? [];

    private static string Text(JsonObject group, string key) => (string?)group[key] ?? "";

    private static int Number(JsonObject group, string key, int otherwise) => group[key] is JsonValue value ? value.GetValue<int>() : otherwise;
}
