using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ThreeOneOne.Field.Boundaries.Tests;

public sealed class ImportTests
{
    private static readonly Imports Hub = new("ThreeOneOne.Field.Hub", "hub", [.. Repository.Below("hub")]);
    private static readonly Imports Agent = new("ThreeOneOne.Field.Agent", "edge/Agent", [.. Repository.Below("edge/Agent")]);

    [Fact]
    public void Projects_reference_only_what_the_table_allows()
    {
        var found = Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)).ToList();
        Assert.Equal(Architecture.Projects.Keys.Order(), found.Select(f => Path.GetFileNameWithoutExtension(f)).Order());
        var wrong = from project in found
                    let name = Path.GetFileNameWithoutExtension(project)
                    from reference in XDocument.Parse(Repository.Read(project)).Descendants("ProjectReference")
                    let target = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))
                    where !Architecture.Projects[name].Contains(target)
                    select $"{name} may not reference {target}";
        Expect.None(wrong);
    }

    [Fact]
    public void Only_test_projects_see_internals()
    {
        var friends = from project in Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal))
                      from friend in XDocument.Parse(Repository.Read(project)).Descendants("InternalsVisibleTo")
                      let name = friend.Attribute("Include")!.Value
                      // Accuracy is measured on the vehicle's own steps, and simulated vehicles drive them; nobody else may call them.
                      where !name.EndsWith(".Tests", StringComparison.Ordinal) && name is not ("field-evaluation" or "field-fleet")
                      select $"{project}: {name}";
        Expect.None(friends);
    }

    [Fact]
    public void Capabilities_of_the_hub_import_only_along_the_arrows()
    {
        Expect.None(Hub.Violations(Architecture.Hub, Architecture.HubComposition));
        Expect.None(Hub.Rooms.Except([.. Architecture.Hub.Keys, Architecture.HubComposition]));
        Expect.None(Architecture.Hub.Keys.Except(Hub.Rooms));
    }

    [Fact]
    public void Capabilities_of_the_hub_use_nothing_of_the_composition()
    {
        var root = Repository.Sources.Where(s => s.Path.StartsWith("hub/", StringComparison.Ordinal) && s.Path.Count(c => c == '/') == 1)
            .Select(s => Path.GetFileNameWithoutExtension(s.Path)).Except(Architecture.HubRootTypes).Where(t => t != "Program").ToList();
        Assert.NotEmpty(root);
        var names = new Regex($@"\b({string.Join('|', root)})\b");
        Expect.None(Repository.Below("hub").Where(s => s.RoomBelow("hub") is { } room && room != Architecture.HubComposition && names.IsMatch(s.Code)).Select(s => s.Path));
    }

    [Fact]
    public void Rooms_of_the_agent_import_only_along_the_arrows()
    {
        Expect.None(Agent.Violations(Architecture.Agent));
        Expect.None(Agent.Rooms.Except(Architecture.Agent.Keys));
        Expect.None(Architecture.Agent.Keys.Except(Agent.Rooms));
    }

    [Fact]
    public void Sources_and_console_reach_the_hub_only_through_the_outbox()
    {
        Assert.All(Architecture.NeverUplink, room => Assert.DoesNotContain("Uplink", Architecture.Agent.GetValueOrDefault(room, [])));
        Expect.None(Repository.Below("edge/Agent")
            .Where(s => Architecture.NeverUplink.Contains(s.RoomBelow("edge/Agent")) && Regex.IsMatch(s.Code, @"\bUplink\b|ThreeOneOne\.Field\.Link"))
            .Select(s => s.Path));
    }

    [Fact]
    public void No_table_goes_in_circles()
    {
        Assert.Null(Imports.Circle(Architecture.Projects));
        Assert.Null(Imports.Circle(Architecture.Hub));
        Assert.Null(Imports.Circle(Architecture.Agent));
    }

    [Theory]
    [InlineData("edge", "ThreeOneOne.Field.Hub")]
    [InlineData("edge", "ThreeOneOne.Field.Fleet")]
    [InlineData("hub", "ThreeOneOne.Field.Agent")]
    [InlineData("hub", "ThreeOneOne.Field.Fleet")]
    [InlineData("tests/Fleet", "ThreeOneOne.Field.Hub")]
    [InlineData("edge/Wire", "ThreeOneOne.Field.(Link|Settings)")]
    [InlineData("edge/Link", "ThreeOneOne.Field.(Wire|Settings)")]
    [InlineData("edge/Settings", "ThreeOneOne.Field.(Wire|Link)")]
    public void One_never_mentions_the_other(string folder, string pattern) =>
        Expect.None(Repository.Below(folder).Where(s => Regex.IsMatch(s.Code, pattern + @"\b")).Select(s => s.Path));

    [Fact]
    public void Only_the_fleet_knows_what_was_planted() =>
        Expect.None(Repository.Below("hub").Concat(Repository.Below("edge")).Where(s => Regex.IsMatch(s.Code, "planted", RegexOptions.IgnoreCase)).Select(s => s.Path));
}
