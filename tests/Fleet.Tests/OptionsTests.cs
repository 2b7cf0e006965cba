using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Demo;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class OptionsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-options-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("--vehicles", "4")]
    [InlineData("--vehicles", "201")]
    [InlineData("--vehicles", "many")]
    [InlineData("--speed", "0")]
    [InlineData("--speed", "NaN")]
    [InlineData("--for", "60")]
    [InlineData("--for", "-1s")]
    [InlineData("--port", "65536")]
    public void A_bad_number_is_named_with_what_was_expected(string name, string value)
    {
        var program = typeof(OptionsTests).Assembly.Location;
        var arguments = new Arguments(["--hub", program, "--agent", program, "--data", "d", "--city", "c", name, value], DemoOptions.Names);
        var said = Assert.Throws<FormatException>(() => DemoOptions.Parse(arguments)).Message;
        Assert.StartsWith($"{name} = '{value}': expected ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"features\":[]}")]
    [InlineData("{\"features\":[{\"geometry\":{}}]}")]
    public void A_city_that_cannot_be_read_is_said_in_one_sentence(string? streets)
    {
        if (streets is not null) File.WriteAllText(Path.Combine(_folder.FullName, "centerlines.geojson"), streets);
        var said = Assert.Throws<SetupException>(() => CityMap.Load(_folder.FullName)).Message;
        Assert.Contains(_folder.FullName, said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
    }

    [Fact]
    public void A_missing_tool_is_named_with_its_package()
    {
        var said = Assert.Throws<SetupException>(() => Tools.Check(_folder.FullName)).Message;
        Assert.Contains("setsid", said, StringComparison.Ordinal);
        Assert.Contains("util-linux", said, StringComparison.Ordinal);
    }
}
