using System.Globalization;
using System.Text;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Positioning;

public sealed class CityLayerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Features_are_read_one_by_one_wherever_the_buffer_ends()
    {
        // Some features are longer than the reader's buffer, so that every part of one is cut somewhere.
        var text = new StringBuilder("""{"type":"FeatureCollection","name":{"features":[1,2]},"features":[""");
        for (var i = 0; i < 400; i++)
        {
            if (i > 0) text.Append(",\n ");
            var line = string.Join(",", Enumerable.Range(0, i % 100 == 7 ? 9_000 : i % 11 + 2).Select(n => string.Create(CultureInfo.InvariantCulture, $"[-71.{n:D6},42.1]")));
            text.Append(CultureInfo.InvariantCulture, $$$"""{"type":"Feature","properties":{"ID":"s-{{{i}}}","Note":null},"geometry":{"type":"LineString","coordinates":[{{{line}}}]}}""");
        }

        text.Append("""],"bbox":[1,2,3,4]}""");

        var features = CityLayer.Read(File(text.ToString())).ToList();

        Assert.Equal(Enumerable.Range(0, 400).Select(i => $"s-{i}"), features.Select(f => f.Text("ID")));
        Assert.Equal(9_000, features[107].Lines()[0].Count);
        Assert.All(features, f => Assert.Null(f.Text("Note")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1,2]")]
    [InlineData("""{"features":{}}""")]
    [InlineData("""{"features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1]}}]}""")]
    [InlineData("""{"features":[{"type":"Feature"},{"type":""")]
    public void What_is_no_feature_collection_is_named_with_its_file(string text)
    {
        var file = File(text);

        var error = Assert.Throws<InvalidDataException>(() => CityLayer.Read(file).ToList());

        Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_grid_finds_everything_within_the_distance()
    {
        var random = new Random(311);
        var centre = new GeoPoint(42.37, -71.11);
        var places = Enumerable.Range(0, 2_000).Select(_ => centre.MovedByM(random.NextDouble() * 4_000 - 2_000, random.NextDouble() * 4_000 - 2_000)).ToList();
        var grid = new CellGrid(places.Count, i => (places[i], places[i]));

        for (var i = 0; i < 200; i++)
        {
            var at = centre.MovedByM(random.NextDouble() * 4_400 - 2_200, random.NextDouble() * 4_400 - 2_200);
            var near = grid.Near(at, 150).ToHashSet();
            Assert.Superset(Enumerable.Range(0, places.Count).Where(p => places[p].DistanceMTo(at) <= 150).ToHashSet(), near);
            // And not simply all of them.
            Assert.True(near.Count < places.Count / 10);
        }
    }

    private string File(string text)
    {
        var file = folder["layer.geojson"];
        System.IO.File.WriteAllText(file, text);
        return file;
    }
}
