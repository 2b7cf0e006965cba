using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Edge.Tests;

public sealed class AgentProgramTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public async Task A_bad_configuration_names_every_error_and_ends_with_2()
    {
        var code = await AgentProgram.RunAsync(
            ["run", "--Vehicle:Id=Truck 1", "--Vehicle:Jurisdiction=cambridge-ma", "--Link:Host=127.0.0.1", "--Console:Port=70000", "--Outbox:Colour=red"],
            output, errors);
        Assert.Equal(2, code);
        Assert.Contains("Vehicle:Id", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("Console:Port", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("Outbox:Colour", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vehicle_without_a_crew_needs_the_streets()
    {
        var code = await AgentProgram.RunAsync(
            ["run", "--Vehicle:Id=bus-1", "--Vehicle:Jurisdiction=cambridge-ma", "--Vehicle:Kind=SensorOnly", "--Link:Host=127.0.0.1"], output, errors);
        Assert.Equal(2, code);
        Assert.Contains("City:StreetsFile", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_wrong_key_of_a_section_does_not_hide_another_and_files_and_addresses_are_checked()
    {
        var code = await AgentProgram.RunAsync(
            [
                "run", "--Vehicle:Id=Truck_1", "--Vehicle:Jurisdiction=", "--Vehicle:Kind=tank", "--Link:Host=127.0.0.1", "--Position:Source=gps",
                "--Motion:Source=imu", "--Light:Source=file:", "--City:PolesFile=/none/poles.geojson",
            ],
            output, errors);
        Assert.Equal(2, code);
        var lines = errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var key in new[] { "Vehicle:Id", "Vehicle:Jurisdiction", "Vehicle:Kind", "Position:Source", "Motion:Source", "Light:Source", "City:PolesFile" })
            Assert.Single(lines, l => l.StartsWith(key + " =", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_certificate_must_be_this_vehicles_and_the_key_its_own()
    {
        using var certificates = new TestCertificates();
        var seven = certificates.Client("truck-7");
        var eight = certificates.Client("truck-8");
        string[] Run(string certificate, string key, string authority) =>
        [
            "run", "--Vehicle:Id=truck-7", "--Vehicle:Jurisdiction=cambridge-ma", "--Link:Host=127.0.0.1",
            $"--Link:CaFile={authority}", $"--Link:CertificateFile={certificate}", $"--Link:KeyFile={key}",
        ];

        Assert.Equal(2, await AgentProgram.RunAsync(Run(eight.CertificateFile, eight.KeyFile, seven.CaFile), output, errors));
        Assert.Contains("Link:CertificateFile", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("truck-8", errors.ToString(), StringComparison.Ordinal);
        errors.GetStringBuilder().Clear();
        Assert.Equal(2, await AgentProgram.RunAsync(Run(seven.CertificateFile, eight.KeyFile, seven.CaFile), output, errors));
        Assert.StartsWith("Link:KeyFile", errors.ToString(), StringComparison.Ordinal);
        errors.GetStringBuilder().Clear();
        Assert.Equal(2, await AgentProgram.RunAsync(Run(seven.CertificateFile, seven.KeyFile, seven.KeyFile), output, errors));
        Assert.StartsWith("Link:CaFile", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blank_computer_says_that_it_waits_for_a_code_and_sends_no_mistyped_one()
    {
        string[] blank = [$"--Vehicle:Identity={folder["identity"]}", $"--Vehicle:Data={folder["data"]}"];
        Assert.Equal(0, await AgentProgram.RunAsync(["status", .. blank], output, errors));
        Assert.Contains("waits for a code", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await AgentProgram.RunAsync(["enrol", "ABCDEF-GHJKMN", .. blank], output, errors));
        Assert.Contains("group 1 of six characters is mistyped; nothing was sent", errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ABCDEF", errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["identity"]));
    }

    [Fact]
    public async Task Without_an_identity_and_a_broker_nothing_starts()
    {
        Assert.Equal(2, await AgentProgram.RunAsync(["run", "--Vehicle:Id=truck-1", "--Vehicle:Jurisdiction=cambridge-ma"], output, errors));
        Assert.Contains("Link:Host = ''", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_an_answer_and_nonsense_is_not()
    {
        Assert.Equal(0, await AgentProgram.RunAsync(["--help"], output, errors));
        Assert.Contains("field-agent run", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await AgentProgram.RunAsync(["fly"], output, errors));
    }
}
