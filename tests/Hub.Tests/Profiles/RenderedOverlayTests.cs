using System.Diagnostics;
using ThreeOneOne.Field.Hub.Profiles;

namespace ThreeOneOne.Field.Hub.Tests.Profiles;

/// <summary>The device tree that <c>field-hub profile render</c> writes, read by the compiler that a technician runs on it.</summary>
public sealed class RenderedOverlayTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("overlay-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("lsm6ds3", 0x6a, "tsl2591", 0x29)]
    [InlineData("lsm6dso", 0x6a, "veml7700", 0x10)]
    [InlineData("bmi160", 0x68, "tsl2591", 0x29)]
    [InlineData("adxl345", 0x53, "veml7700", 0x10)]
    public async Task Every_sensor_without_an_overlay_of_its_own_compiles_into_ours(string accelerometer, int at, string light, int lightAt)
    {
        Write("fleet.json", $$"""{ "Hardware": { "Accelerometer": { "Driver": "{{accelerometer}}", "Address": {{at}}, "InterruptPin": 4 }, "Light": { "Driver": "{{light}}", "Address": {{lightAt}} } } }""");
        Write("vehicles/unit-1.json", "{}");
        var read = ProfileFolder.Read(folder);
        Assert.Empty(read.Mistakes);
        var files = RenderProfile.Files("unit-1", "cambridge-ma", read.Vehicles).ToDictionary(f => f.Name, f => f.Text);
        Assert.Contains("dtoverlay=field-sensors\n", files["boot/config.txt"], StringComparison.Ordinal);

        var (code, said, back) = await CompileAsync(files["boot/field-sensors.dts"]);

        Assert.True(code == 0, said);
        // Both on the bus that the boot lines switch on, at their own addresses, the interrupt at its pin.
        Assert.Contains($"accelerometer@{at:x}", back, StringComparison.Ordinal);
        Assert.Contains($"light-sensor@{lightAt:x}", back, StringComparison.Ordinal);
        Assert.Contains("i2c_arm = ", back, StringComparison.Ordinal);
        Assert.Contains("gpio = ", back, StringComparison.Ordinal);
        Assert.DoesNotContain("Warning", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_compiler_refuses_what_is_no_device_tree() => Assert.NotEqual(0, (await CompileAsync("/dts-v1/;\n/plugin/;\n/ { fragment@0 { target = <&i2c_arm>; ")).Code);

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    // As the file's own first line says; then back into text, to see what a kernel will see.
    private async Task<(int Code, string Said, string Back)> CompileAsync(string source)
    {
        var (dts, dtbo) = (Path.Combine(folder, "field-sensors.dts"), Path.Combine(folder, "field-sensors.dtbo"));
        await File.WriteAllTextAsync(dts, source);
        var (code, said) = await RunAsync("-@", "-I", "dts", "-O", "dtb", "-o", dtbo, dts);
        return code != 0 ? (code, said, "") : (code, said, (await RunAsync("-I", "dtb", "-O", "dts", dtbo)).Said);
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        using var dtc = Process.Start(new ProcessStartInfo("dtc", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = dtc.StandardOutput.ReadToEndAsync();
        var errors = await dtc.StandardError.ReadToEndAsync();
        await dtc.WaitForExitAsync();
        return (dtc.ExitCode, errors + await said);
    }
}
