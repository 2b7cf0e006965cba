using ThreeOneOne.Field.Agent.Health;

namespace ThreeOneOne.Field.Kernel.Tests.Inside;

/// <summary>The computer's health by the kernel's own files: an emulated temperature, the test supply, an ext4 that finds an error.</summary>
public sealed class ComputerHealthTests
{
    private const string TestSupply = "/sys/module/test_power/parameters";

    [InsideFact]
    public void Temperature_and_supplies_are_the_kernels()
    {
        File.WriteAllText("/sys/class/thermal/thermal_zone0/emul_temp", "71500");
        File.WriteAllText($"{TestSupply}/battery_status", "charging");
        File.WriteAllText($"{TestSupply}/battery_capacity", "64");
        File.WriteAllText($"{TestSupply}/usb_online", "off");
        try
        {
            var look = new ComputerLook("/", "/tmp");
            var health = look.Look();
            Assert.Equal(71.5, look.CpuTemperatureC);
            Assert.Equal(71.5, health.TemperaturesC!["test_battery"]);
            Assert.Equal(("charging 64 %", "offline"), (health.Supplies!["test_battery"], health.Supplies["test_usb"]));
            Assert.True(health.MemoryFreeBytes > 0 && health.UptimeSeconds >= 0);
        }
        finally
        {
            File.WriteAllText("/sys/class/thermal/thermal_zone0/emul_temp", "0");
            File.WriteAllText($"{TestSupply}/usb_online", "on");
        }
    }

    [InsideFact]
    public void A_disk_whose_file_system_finds_an_error_is_read_only_and_says_so()
    {
        Directory.CreateDirectory("/tmp/disk");
        using (var file = new FileStream("/tmp/disk.img", FileMode.Create)) file.SetLength(16 * 1024 * 1024);
        Shell.Run("/usr/sbin/mkfs.ext4", "-q", "-F", "/tmp/disk.img");
        var loop = Shell.Run("/usr/sbin/losetup", "--find", "--show", "/tmp/disk.img").Trim();
        Shell.Run("/usr/bin/mount", "-o", "errors=remount-ro", loop, "/tmp/disk");
        try
        {
            var look = new ComputerLook("/", "/tmp/disk/data");
            var before = look.Look();
            Assert.Equal((false, 0L), (before.DiskReadOnly, before.DiskErrors));
            File.WriteAllText($"/sys/fs/ext4/{Path.GetFileName(loop)}/trigger_fs_error", "a test");
            var after = look.Look();
            Assert.Equal((true, 1L), (after.DiskReadOnly, after.DiskErrors));
            Assert.NotEqual(ComputerLook.Alarms(before), ComputerLook.Alarms(after));
        }
        finally
        {
            Shell.Run("/usr/bin/umount", "/tmp/disk");
            Shell.Run("/usr/sbin/losetup", "--detach", loop);
        }
    }
}
