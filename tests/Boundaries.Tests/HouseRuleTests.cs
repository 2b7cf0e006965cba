using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ThreeOneOne.Field.Boundaries.Tests;

public sealed class HouseRuleTests
{
    private const int LongestFile = 400;

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        Expect.None(Repository.Sources.Where(s => HouseRules.Lines(s.Text) > LongestFile).Select(s => $"{s.Path}: {HouseRules.Lines(s.Text)} lines"));

    [Fact]
    public void No_room_is_a_drawer_for_everything() =>
        Expect.None(Repository.Sources.Select(s => s.Path).Where(HouseRules.IsInADrawer));

    [Fact]
    public void No_two_log_messages_have_the_same_number()
    {
        // By number they are found in a journal, of the hub and of vehicles together.
        var numbers = Repository.Sources.SelectMany(s => HouseRules.LogNumber().Matches(s.Code).Select(m => (s.Path, Number: m.Groups["number"].Value))).ToList();
        Assert.True(numbers.Count > 100, $"only {numbers.Count} log messages found");
        Expect.None(numbers.Where(n => n.Number.Length == 0).Select(n => $"{n.Path}: a log message without a number"));
        Expect.None(numbers.GroupBy(n => n.Number).Where(g => g.Count() > 1).Select(g => $"{g.Key}: {string.Join(", ", g.Select(n => n.Path))}"));
    }

    [Fact]
    public void Nothing_names_a_machine_of_ours()
    {
        // Lock files hold hashes, in which anything may stand; bare.sh speaks of the root folder of the guest that it makes.
        var wrong = from file in Repository.Files
                    where HouseRules.IsText(file) && file != "tests/bare.sh"
                    from Match word in HouseRules.MachineWords().Matches(Repository.Read(file))
                    select $"{file}: {word.Value}";
        Expect.None(wrong);
    }

    [Fact]
    public void Packages_have_exact_versions_in_one_place_and_lock_files()
    {
        var versions = XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion").ToList();
        Assert.NotEmpty(versions);
        Expect.None(versions.Where(v => !HouseRules.IsExactPin(v.Attribute("Version")!.Value)).Select(v => v.ToString()));
        foreach (var project in Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            Expect.None(XDocument.Parse(Repository.Read(project)).Descendants("PackageReference").Where(p => p.Attribute("Version") is not null).Select(p => $"{project}: {p}"));
            Assert.Contains(Path.GetDirectoryName(project) + "/packages.lock.json", Repository.Files);
        }
    }

    [Fact]
    public void Npm_packages_have_exact_versions_and_lock_files_from_the_public_registry()
    {
        var packages = Repository.Files.Where(f => Path.GetFileName(f) == "package.json").ToList();
        Assert.NotEmpty(packages);
        foreach (var package in packages)
        {
            using var json = JsonDocument.Parse(Repository.Read(package));
            var loose = from section in new[] { "dependencies", "devDependencies" }
                        where json.RootElement.TryGetProperty(section, out _)
                        from dependency in json.RootElement.GetProperty(section).EnumerateObject()
                        where !Regex.IsMatch(dependency.Value.GetString()!, @"^\d+\.\d+\.\d+$|^file:\.")
                        select $"{package}: {dependency}";
            Expect.None(loose);
            var locked = Path.GetDirectoryName(package) + "/package-lock.json";
            Assert.Contains(locked, Repository.Files);
            Assert.DoesNotMatch(@"""resolved"": ""https?://(?!registry\.npmjs\.org/)", Repository.Read(locked));
        }
    }
}
