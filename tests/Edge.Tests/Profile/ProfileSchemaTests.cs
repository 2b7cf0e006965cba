using System.Text.Json;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Edge.Tests.Profile;

/// <summary>Holds firmware-config/schema to the agent's option classes. <c>FIELD_WRITE_SCHEMA=1</c> writes it anew.</summary>
public sealed class ProfileSchemaTests
{
    private static readonly string File = Path.Combine(Repository.Root, "firmware-config", "schema", "profile.schema.json");

    [Fact]
    public void The_schema_says_what_the_agents_options_say()
    {
        var made = new SchemaOfOptions(typeof(VehicleAgent).Assembly).Make(AgentSettings.Defaults);
        if (Environment.GetEnvironmentVariable("FIELD_WRITE_SCHEMA") == "1") System.IO.File.WriteAllText(File, made);

        Assert.Equal(made, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Every_key_has_a_description_and_every_number_a_unit()
    {
        using var schema = JsonDocument.Parse(System.IO.File.ReadAllText(File));
        List<string> wrong = [];
        Walk(schema.RootElement, "");
        Assert.Empty(wrong);

        void Walk(JsonElement group, string path)
        {
            if (!group.TryGetProperty("properties", out var properties)) return;
            foreach (var key in properties.EnumerateObject())
            {
                var name = $"{path}:{key.Name}";
                if (!key.Value.TryGetProperty("description", out var description) || description.ValueKind != JsonValueKind.String) wrong.Add($"{name} has no description");
                var type = key.Value.GetProperty("type").ToString();
                if ((type.Contains("integer", StringComparison.Ordinal) || type.Contains("number", StringComparison.Ordinal)) && !key.Value.TryGetProperty("unit", out _)) wrong.Add($"{name} has no unit");
                Walk(key.Value, name);
            }
        }
    }

    [Fact]
    public void Identity_link_and_what_names_programs_are_no_keys_of_a_profile()
    {
        using var schema = JsonDocument.Parse(System.IO.File.ReadAllText(File));
        var sections = schema.RootElement.GetProperty("properties");

        Assert.False(sections.TryGetProperty("Vehicle", out _));
        Assert.False(sections.TryGetProperty("Link", out _));
        Assert.False(sections.GetProperty("Console").GetProperty("properties").TryGetProperty("SpeakProgram", out _));
        Assert.False(sections.GetProperty("Outbox").GetProperty("properties").TryGetProperty("AppendLog", out _));
    }
}
