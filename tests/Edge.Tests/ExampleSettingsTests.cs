using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Edge.Tests;

/// <summary>What an installer copies must be what the program reads.</summary>
public sealed class ExampleSettingsTests
{
    [Fact]
    public void The_example_of_a_crewed_vehicle_lacks_nothing_but_its_certificates()
    {
        var example = Path.Combine(Repository.Root, "firmware-config", "examples", "crewed-vehicle.json");
        using var errors = new StringWriter();

        AgentSettings.Read(["--config", example], errors);

        var lines = errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.StartsWith("Link:", line, StringComparison.Ordinal));
    }
}
