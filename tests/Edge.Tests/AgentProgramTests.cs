using System.Security.Cryptography.X509Certificates;
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
    public async Task Key_makes_a_private_key_once_and_prints_a_request_for_the_vehicle()
    {
        Assert.Equal(0, await AgentProgram.RunAsync(["key", "--folder", folder["keys"], "--vehicle", "truck-1"], output, errors));
        var request = CertificateRequest.LoadSigningRequestPem(output.ToString(), System.Security.Cryptography.HashAlgorithmName.SHA256);
        Assert.Equal("CN=truck-1", request.SubjectName.Name);
        var key = Path.Combine(folder["keys"], "vehicle.key");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));

        var made = await File.ReadAllTextAsync(key);
        Assert.Equal(0, await AgentProgram.RunAsync(["key", "--folder", folder["keys"], "--vehicle", "truck-1"], output, errors));
        Assert.Equal(made, await File.ReadAllTextAsync(key));
        Assert.Equal(2, await AgentProgram.RunAsync(["key", "--folder", folder["keys"], "--vehicle", "Truck/1"], output, errors));
    }

    [Fact]
    public async Task Help_is_an_answer_and_nonsense_is_not()
    {
        Assert.Equal(0, await AgentProgram.RunAsync(["--help"], output, errors));
        Assert.Contains("field-agent run", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await AgentProgram.RunAsync(["fly"], output, errors));
    }
}
