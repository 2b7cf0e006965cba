using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Edge.Tests.Settings;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void Defaults_hold_where_nothing_is_given()
    {
        var (options, report) = Read("{}");
        Assert.Equal("data", options.Folder);
        Assert.Equal(4, options.Readers);
        Assert.Equal(3, options.Days["pothole"]);
        Assert.Empty(report);
    }

    [Fact]
    public void Every_type_is_read_from_the_file()
    {
        var (options, report) = Read("""
            { // comments are allowed
              "Sample": { "Folder": "x", "Readers": 7, "Floor": 0.25, "Every": "00:01:00", "Loud": true, "Day": "friday",
                          "Names": ["a", "b"], "Days": { "light": 5 }, "Inner": { "Share": 1 }, }
            }
            """);
        Assert.Empty(report);
        Assert.Equal(("x", 7, 0.25, true), (options.Folder, options.Readers, options.Floor, options.Loud));
        Assert.Equal(TimeSpan.FromMinutes(1), options.Every);
        Assert.Equal(DayOfWeek.Friday, options.Day);
        Assert.Equal(["a", "b"], options.Names);
        Assert.Equal(new Dictionary<string, int> { ["light"] = 5 }, options.Days);
        Assert.Equal(1, options.Inner.Share);
    }

    [Fact]
    public void Arguments_win_over_the_environment_which_wins_over_the_file()
    {
        var (options, report) = Read(
            """{ "Sample": { "Folder": "file", "Readers": 1, "From": 1 } }""",
            ["--Sample:Folder=argument", "--sample:names=a, b", "--Sample:Inner:Share=0.25"],
            [KeyValuePair.Create("FIELD_Sample__Folder", "environment"), KeyValuePair.Create("FIELD_Sample__Readers", "2"), KeyValuePair.Create("FIELD_HOME", "/")]);
        Assert.Empty(report);
        Assert.Equal(("argument", 2, 1), (options.Folder, options.Readers, options.From));
        Assert.Equal(["a", "b"], options.Names);
        Assert.Equal(0.25, options.Inner.Share);
    }

    [Fact]
    public void A_layer_counts_above_the_file_and_below_the_environment_and_says_who_set_what()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{ "Sample": { "Folder": "file", "Readers": 1, "Inner": { "Share": 0.5 } } }""");
        using var layer = System.Text.Json.JsonDocument.Parse("""{ "Sample": { "Readers": 9, "Names": ["a", "b"], "Days": { "light": 5 }, "From": 4 } }""");
        var reader = SettingsReader.Read(["--config", file, "--Sample:From=7"], environment: [], layer: layer.RootElement);
        var options = reader.Bind<SampleOptions>("Sample");
        File.Delete(file);

        Assert.Empty(reader.Errors);
        Assert.Equal(("file", 9, 7), (options.Folder, options.Readers, options.From));
        Assert.Equal(["Sample:Folder", "Sample:From", "Sample:Inner:Share"], reader.Local.Order(StringComparer.Ordinal));
        Assert.Equal(["Sample:Days:light=5", "Sample:Names=[a, b]", "Sample:Readers=9"], reader.Layered.Select(l => $"{l.Key}={l.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_layer_may_not_set_what_is_local()
    {
        using var layer = System.Text.Json.JsonDocument.Parse("""{ "Sample": { "Own": "x" } }""");
        var reader = SettingsReader.Read([], environment: [], layer: layer.RootElement);
        reader.Bind<SampleOptions>("Sample");

        Assert.Equal("Sample:Own", Assert.Single(reader.Errors).Key);
    }

    [Fact]
    public void All_errors_are_reported_at_once_with_key_value_and_what_was_expected()
    {
        var (_, report) = Read("""
            { "Sample": { "Folder": "", "Readers": 65, "Floor": "low", "Every": "30", "Loud": "yes", "Day": "someday",
                          "Typo": 1, "Days": { "light": "soon" }, "Inner": { "Share": 2 } },
              "Nobody": { "Key": 1 } }
            """, ["--Sample:To=101", "stray"]);
        Assert.Contains("Sample:Readers = '65': expected a whole number from 1 to 64", report);
        Assert.Contains("Sample:Folder = '': expected a value", report);
        Assert.Contains("Sample:Floor = 'low': expected a number", report);
        Assert.Contains("Sample:Every = '30': expected a duration such as 00:00:30", report);
        Assert.Contains(report, l => l.StartsWith("Sample:Day = 'someday': expected one of Friday", StringComparison.Ordinal));
        Assert.Contains(report, l => l.StartsWith("Sample:Typo = '1': expected one of the keys Day, Days", StringComparison.Ordinal));
        Assert.Contains("Sample:Loud = 'yes': expected true or false", report);
        Assert.Contains("Sample:Days:light = 'soon': expected a whole number", report);
        Assert.Contains("Sample:Inner:Share = '2': expected a number from 0 to 1", report);
        Assert.Contains("Sample:To = '101': expected a whole number from 0 to 100", report);
        Assert.Contains("stray: expected --Section:Key=value or --config FILE", report);
        Assert.Contains("Nobody: expected a section of this program: Sample", report);
        Assert.Equal(12, report.Count);
    }

    [Fact]
    public void Options_that_contradict_each_other_name_the_key()
    {
        var (_, report) = Read("""{ "Sample": { "From": 20 } }""");
        Assert.Equal(["Sample:From = '20': expected a value up to To"], report);
    }

    [Theory]
    [InlineData("""{ "Sample": 5 }""", "Sample = '5': expected a group of keys")]
    [InlineData("""{ "Sample": { "Readers": { "a": 1 } } }""", "Sample:Readers = '{…}': expected a whole number from 1 to 64")]
    [InlineData("""{ "Sample": { "Readers": [1] } }""", "Sample:Readers = '[1]': expected a whole number")]
    [InlineData("""{ "Sample": { "Folder": 5 } }""", "Sample:Folder = '5': expected a text")]
    [InlineData("""{ "Sample": { "Readers": 1, "readers": 2 } }""", "Sample:readers = '2': expected each key once")]
    [InlineData("""[]""", "expected a JSON object of sections")]
    [InlineData("""{ "Sample": """, "expected JSON; ")]
    public void A_wrong_shape_is_named(string json, string expected) => Assert.Contains(expected, Assert.Single(Read(json).Report));

    [Fact]
    public void A_missing_file_is_an_error_when_it_was_named_and_not_when_it_is_the_default()
    {
        Assert.Contains("--config = '/nowhere.json': expected a readable file", SettingsReader.Read(["--config", "/nowhere.json"], null, []).Errors[0].ToString());
        Assert.Empty(SettingsReader.Read([], "/nowhere.json", []).Errors);
        Assert.Single(SettingsReader.Read(["--config"], null, []).Errors);
    }

    private (SampleOptions Options, List<string> Report) Read(
        string json, string[]? args = null, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        File.WriteAllText(file, json);
        var settings = SettingsReader.Read(["--config=" + file, .. args ?? []], null, environment ?? []);
        var options = settings.Bind<SampleOptions>("Sample");
        using var writer = new StringWriter();
        var failed = settings.Report(writer);
        var lines = writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).ToList();
        Assert.Equal(failed, lines.Count > 0);
        return (options, lines);
    }
}
