using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Boundaries.Tests;

/// <summary>What a release is made of: the licences that we take, and the shape that tools read.</summary>
public sealed partial class BillOfMaterialsTests : IDisposable
{
    private static readonly string[] Scopes = ["required", "excluded"];
    private static readonly string[] Types = ["library", "framework"];

    private readonly string folder = Directory.CreateTempSubdirectory("field-sbom-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Every_licence_is_known_and_allowed_and_the_file_is_cyclonedx()
    {
        var file = Path.Combine(folder, "bom.json");
        var (code, said) = await RunAsync("--out", file, "--version", "1.2.3");
        Assert.True(code == 0, said);
        using var bom = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        var root = bom.RootElement;
        Assert.Equal(("CycloneDX", "1.6", 1), (root.GetProperty("bomFormat").GetString(), root.GetProperty("specVersion").GetString(), root.GetProperty("version").GetInt32()));
        Assert.Matches(Serial(), root.GetProperty("serialNumber").GetString());
        Assert.Equal("1.2.3", root.GetProperty("metadata").GetProperty("component").GetProperty("version").GetString());
        Assert.True(root.GetProperty("metadata").GetProperty("timestamp").TryGetDateTimeOffset(out _));
        var refs = new HashSet<string>(StringComparer.Ordinal) { root.GetProperty("metadata").GetProperty("component").GetProperty("bom-ref").GetString()! };
        foreach (var component in root.GetProperty("components").EnumerateArray())
        {
            Assert.Contains(component.GetProperty("type").GetString(), Types);
            Assert.NotEqual("", component.GetProperty("name").GetString());
            foreach (var hash in Hashes(component)) Assert.Matches("^[0-9a-f]{128}$", hash.GetProperty("content").GetString());
            Assert.True(refs.Add(component.GetProperty("bom-ref").GetString()!), component.ToString());
            Assert.StartsWith("pkg:", component.GetProperty("purl").GetString(), StringComparison.Ordinal);
            Assert.Contains(component.GetProperty("scope").GetString(), Scopes);
            foreach (var licence in component.GetProperty("licenses").EnumerateArray())
                Assert.True(licence.TryGetProperty("expression", out _) ^ (licence.TryGetProperty("license", out var one) && one.TryGetProperty("id", out _)), component.ToString());
        }

        foreach (var wanted in (string[])["pkg:nuget/Dapper@", "pkg:npm/preact@", "pkg:deb/debian/mosquitto", "pkg:nuget/Microsoft.NETCore.App.Runtime.linux-arm64@10.", "pkg:nuget/Microsoft.AspNetCore.App.Runtime.linux-x64@10."]) Assert.Contains(refs, r => r.StartsWith(wanted, StringComparison.Ordinal));
        foreach (var dependency in root.GetProperty("dependencies").EnumerateArray())
            Assert.All(dependency.GetProperty("dependsOn").EnumerateArray().Append(dependency.GetProperty("ref")), d => Assert.Contains(d.GetString()!, refs));
    }

    private static IEnumerable<JsonElement> Hashes(JsonElement component) =>
        (component.TryGetProperty("externalReferences", out var references) ? references.EnumerateArray().AsEnumerable() : []).Append(component)
        .Where(e => e.TryGetProperty("hashes", out _)).SelectMany(e => e.GetProperty("hashes").EnumerateArray());

    [GeneratedRegex("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
    private static partial Regex Serial();

    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "firmware-config", "packaging", "sbom.sh"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("bash did not start");
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
