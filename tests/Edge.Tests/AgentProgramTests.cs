using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Agent;

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
