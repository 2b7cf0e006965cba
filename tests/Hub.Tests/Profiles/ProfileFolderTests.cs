using System.Text.Json;
using ThreeOneOne.Field.Hub.Profiles;

namespace ThreeOneOne.Field.Hub.Tests.Profiles;

public sealed class ProfileFolderTests : IDisposable
{
    private static readonly string Own = Path.Combine(Support.Repository.Root, "firmware-config", "profiles");

    private readonly string folder = Directory.CreateTempSubdirectory("profiles-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_citys_own_profiles_have_nothing_wrong()
    {
        var read = ProfileFolder.Read(Own);

        Assert.Empty(read.Mistakes);
        Assert.Equal(["light-12", "unit-214", "unit-215"], read.Vehicles.Keys.Order());
    }

    [Fact]
    public void Each_value_knows_the_file_that_said_so_and_null_takes_out()
    {
        Write("fleet.json", """{ "Motion": { "RateHz": 100, "BlockSamples": 25 }, "Button": { "Source": "gpio:GPIO17" }, "Uplink": { "BatchRecords": 30 } }""");
        Write("types/truck.json", """{ "Motion": { "RateHz": 200, "$comment": "faster" }, "Hardware": { "Light": { "Driver": "bh1750" } } }""");
        Write("vehicles/unit-1.json", """{ "Type": "truck", "Motion": { "RateHz": 400, "BlockSamples": null }, "Button": null }""");
        Write("vehicles/unit-2.json", """{ "Motion": null }""");
        var read = ProfileFolder.Read(folder);

        Assert.Empty(read.Mistakes);
        var (one, two) = (read.Vehicles["unit-1"], read.Vehicles["unit-2"]);
        Assert.Equal(["Hardware:Light:Driver=bh1750", "Motion:RateHz=400", "Uplink:BatchRecords=30"], one.Leaves.Select(l => $"{l.Key}={l.Value}"));
        Assert.Equal(
            [("Hardware:Light:Driver", "types/truck.json"), ("Motion:RateHz", "vehicles/unit-1.json"), ("Uplink:BatchRecords", "fleet.json")],
            one.Origins.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => (o.Key, o.Value)));
        Assert.Equal(["Button:Source=gpio:GPIO17", "Uplink:BatchRecords=30"], two.Leaves.Select(l => $"{l.Key}={l.Value}"));
    }

    [Fact]
    public void All_mistakes_are_said_at_once_with_file_key_value_and_what_was_expected()
    {
        Write("fleet.json", """{ "Motion": { "RateHz": 90000, "Ratehz": 1 }, "Link": { "Host": "evil" }, "Type": "truck" }""");
        Write("types/truck.json", """{ "Console": { "VoiceNotes": "yes", "SpeakProgram": "/bin/sh" }, "Motion": 7 }""");
        Write("types/broken.json", "{ \"Motion\": ");
        Write("vehicles/unit-1.json", """{ "Type": "lorry", "Hardware": { "Board": "Toaster", "Receiver": { "Usb": "nothing" } } }""");
        Write("vehicles/Unit_2.json", "{}");
        Write("notes.json", "{}");
        var said = ProfileFolder.Read(folder).Mistakes.Select(m => m.ToString()).ToList();

        string[] expected =
        [
            "fleet.json: Motion:RateHz = 90000: expected a number from 10 to 2000 Hz", "fleet.json: Motion:Ratehz = 1: expected each key once", "fleet.json: Link = ", "fleet.json: Type = ",
            "types/truck.json: Console:VoiceNotes = \"yes\": expected true or false", "types/truck.json: Console:SpeakProgram = ", "types/truck.json: Motion = 7: expected a group of keys", "types/broken.json: line ",
            "vehicles/unit-1.json: Type = \"lorry\": expected one of truck", "vehicles/unit-1.json: Hardware:Board = \"Toaster\": expected one of RaspberryPi4, RaspberryPi5, RaspberryPiCm4",
            "vehicles/unit-1.json: Hardware:Receiver:Usb = \"nothing\"", "vehicles/Unit_2.json: expected a file called", "notes.json: expected a file called",
        ];
        foreach (var sentence in expected) Assert.Contains(said, s => s.StartsWith(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_is_not_there_or_empty_says_so()
    {
        Assert.Single(ProfileFolder.Read(Path.Combine(folder, "nowhere")).Mistakes);
        Assert.Contains(ProfileFolder.Read(folder).Mistakes, m => m.File == "fleet.json");
    }

    [Fact]
    public void Differences_name_vehicle_key_values_and_both_origins()
    {
        Write("fleet.json", """{ "Motion": { "RateHz": 100 } }""");
        Write("vehicles/unit-1.json", "{}");
        var before = ProfileFolder.Read(folder).Vehicles;
        Write("vehicles/unit-1.json", """{ "Motion": { "RateHz": 200 }, "Light": { "RateHz": 5 } }""");

        Assert.Equal(
            ["unit-1\tLight:RateHz\tnot said\t→ 5 (vehicles/unit-1.json)", "unit-1\tMotion:RateHz\t100 (fleet.json)\t→ 200 (vehicles/unit-1.json)"],
            ProfileDifference.Between(before, ProfileFolder.Read(folder).Vehicles).Select(d => d.ToString()));
    }

    [Fact]
    public async Task The_commands_on_folders_answer_with_exit_codes()
    {
        Assert.Equal((0, "3 vehicles, nothing wrong\n", ""), await RunAsync("profile", "validate", Own));
        Write("fleet.json", """{ "Motion": { "RateHz": 1 } }""");
        var (code, _, error) = await RunAsync("profile", "validate", folder);
        Assert.Equal(1, code);
        Assert.Contains("Motion:RateHz", error, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("profile", "frobnicate")).Code);
        Assert.Contains("no difference", (await RunAsync("profile", "diff", Own, Own)).Error, StringComparison.Ordinal);
        Assert.Contains("FIELD_HUB_KEY", (await RunAsync("profile", "status", "--hub", "http://localhost:1")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_rendered_is_what_the_vehicle_and_a_broker_read()
    {
        Assert.Equal(0, (await RunAsync("profile", "render", "unit-214", "--from", Own, "--to", folder, "--jurisdiction", "cambridge-ma")).Code);
        string Text(string name) => File.ReadAllText(Path.Combine(folder, name));

        using var agent = JsonDocument.Parse(Text("agent.json"));
        Assert.Equal("/var/lib/field-agent/identity", agent.RootElement.GetProperty("Vehicle").GetProperty("Identity").GetString());
        Assert.Equal("0, 1, 0; -1, 0, 0; 0, 0, 1", agent.RootElement.GetProperty("Motion").GetProperty("Mount").GetString());
        Assert.False(agent.RootElement.TryGetProperty("Link", out _));
        Assert.Contains("dtoverlay=i2c-sensor,mpu6050,addr=0x68,int_pin=4\n", Text("boot/config.txt"), StringComparison.Ordinal);
        Assert.Contains("dtoverlay=gpio-led,gpio=27,label=field\n", Text("boot/config.txt"), StringComparison.Ordinal);
        Assert.Contains("ATTRS{idVendor}==\"1546\", ATTRS{idProduct}==\"01a8\", SYMLINK+=\"gnss0\"", Text("udev/70-field-vehicle.rules"), StringComparison.Ordinal);
        Assert.Contains("After=gpsd.service", Text("systemd/field-agent.service.d/vehicle.conf"), StringComparison.Ordinal);
        Assert.Contains("user unit-214\ntopic write field/v1/cambridge-ma/unit-214/live\n", Text("broker/acl"), StringComparison.Ordinal);
        Assert.Contains("require_certificate true", Text("broker/mosquitto.conf"), StringComparison.Ordinal);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await ProfileCommand.RunAsync(args, _ => null, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
