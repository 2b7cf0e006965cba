using ThreeOneOne.Field.Agent.Health;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Health;

/// <summary>
/// On a tree of plain files. The guest (tests/kernel.sh) has a thermal zone, supplies and an ext4 with errors of its own; a Pi's firmware and driver
/// of voltages, an eMMC's wear and reset status are known from their documentation alone.
/// </summary>
public sealed class ComputerLookTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_pi_with_an_emmc_says_all_of_it()
    {
        Put("sys/class/thermal/thermal_zone0/type", "rp1_adc");
        Put("sys/class/thermal/thermal_zone0/temp", "40100");
        Put("sys/class/thermal/thermal_zone1/type", "cpu-thermal");
        Put("sys/class/thermal/thermal_zone1/temp", "61250");
        Put("sys/devices/platform/soc/soc:firmware/get_throttled", "50004");
        Put("sys/class/power_supply/hat/status", "Discharging");
        Put("sys/class/power_supply/hat/capacity", "48");
        Put("sys/class/power_supply/usb/online", "0");
        Put("proc/meminfo", "MemTotal:        1000 kB\nMemAvailable:     512 kB");
        Put("proc/uptime", "3600.25 7000.00");
        Put("sys/class/watchdog/watchdog0/bootstatus", "0");
        Directory.CreateDirectory(folder["proc/device-tree/chosen/bootloader"]);
        File.WriteAllBytes(folder["proc/device-tree/chosen/bootloader/rsts"], [0, 0, 0x10, 0]);
        Put("proc/self/mountinfo", "21 1 179:1 / / ro,noatime - ext4 /dev/root ro\n24 21 179:2 / /var/lib/field\\040agent rw,noatime shared:1 - ext4 /dev/mmcblk0p2 rw,errors=remount-ro");
        Put("sys/devices/mmc0/block/mmcblk0/device/life_time", "0x02 0x03");
        Put("sys/devices/mmc0/block/mmcblk0/mmcblk0p2/partition", "2");
        Put("sys/fs/ext4/mmcblk0p2/errors_count", "2");
        Directory.CreateDirectory(folder["sys/dev/block"]);
        Directory.CreateSymbolicLink(folder["sys/dev/block/179:2"], "../../devices/mmc0/block/mmcblk0/mmcblk0p2");

        var look = new ComputerLook(folder.Path, "/var/lib/field agent/data");
        var health = look.Look(12.6);

        Assert.Equal(61.25, look.CpuTemperatureC);
        Assert.Equal(new Dictionary<string, double> { ["rp1_adc"] = 40.1, ["cpu-thermal"] = 61.25 }, health.TemperaturesC);
        Assert.Equal(["under-voltage earlier", "throttled"], health.Throttling!);
        Assert.Equal((false, 2L, 30), (health.DiskReadOnly, health.DiskErrors, health.DiskWearPercent));
        Assert.Equal(new Dictionary<string, string> { ["hat"] = "discharging 48 %", ["usb"] = "offline" }, health.Supplies);
        Assert.Equal((512L * 1024, 3600L, "power", 12.6), (health.MemoryFreeBytes, health.UptimeSeconds, health.BootReason, health.BatteryVolts));
        Assert.Equal("throttled;;2", ComputerLook.Alarms(health));
    }

    [Theory]
    [InlineData("0x0", new string[0])]
    [InlineData("50005", new[] { "under-voltage", "throttled" })]
    [InlineData("f0000", new[] { "under-voltage earlier", "frequency capped earlier", "throttled earlier", "soft temperature limit earlier" })]
    [InlineData("nonsense", null)]
    public void What_holds_the_processor_back_is_said_in_words(string bits, string[]? words)
    {
        Put("sys/devices/platform/soc/soc:firmware/get_throttled", bits);
        Assert.Equal(words, new ComputerLook(folder.Path, "/").Look().Throttling);
    }

    [Fact]
    public void The_pis_driver_of_voltages_is_another_witness()
    {
        Put("sys/class/hwmon/hwmon0/name", "cpu_thermal");
        Put("sys/class/hwmon/hwmon1/name", "rpi_volt");
        Put("sys/class/hwmon/hwmon1/in0_lcrit_alarm", "0");
        Assert.Empty(new ComputerLook(folder.Path, "/").Look().Throttling!);
        Put("sys/class/hwmon/hwmon1/in0_lcrit_alarm", "1");
        Assert.Equal(["under-voltage"], new ComputerLook(folder.Path, "/").Look().Throttling!);
    }

    [Fact]
    public void A_computer_that_says_nothing_is_not_known()
    {
        var health = new ComputerLook(folder["absent"], "/").Look();
        Assert.Equal(new ComputerHealth(), health);
        Assert.Null(new ComputerLook(folder["absent"], "/").CpuTemperatureC);
    }

    [Fact]
    public void This_computer_says_what_every_linux_says()
    {
        var health = new ComputerLook("/", folder.Path).Look();
        Assert.True(health.MemoryFreeBytes > 0 && health.UptimeSeconds > 0);
        Assert.False(health.DiskReadOnly);
    }

    private void Put(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
        File.WriteAllText(folder[file], text + "\n");
    }
}
