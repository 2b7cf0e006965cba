using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using ThreeOneOne.Field.Hub.Open311;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Tests.Open311;

public sealed class GeoWriterTests
{
    [Fact]
    public void Both_formats_say_the_same_of_whatever_content() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(311, 3),
            Prop.ForAll(Contents().ToArbitrary(), content =>
            {
                var xml = GeoReading.StrictXml(GeoWriter.Write("root", content, GeoFormat.Xml));
                var json = GeoReading.StrictJson(GeoWriter.Write("root", content, GeoFormat.Json));
                return Same(xml, json, content).ToProperty().Label(xml.ToString());
            }));

    [Fact]
    public void Repeated_children_are_an_array_also_for_one_and_for_none()
    {
        GeoNode.Many One(int items) => new("request", [.. Enumerable.Range(0, items).Select(i => new GeoNode.Group { { "lat", 42.5 }, { "service_request_id", $"SR-{i}" } })]);
        Assert.Equal("[]", Text(GeoWriter.Write("service_requests", One(0), GeoFormat.Json)));
        Assert.Equal("""[{"lat":42.5,"service_request_id":"SR-0"}]""", Text(GeoWriter.Write("service_requests", One(1), GeoFormat.Json)));
        Assert.Equal("""<?xml version="1.0" encoding="utf-8"?><service_requests />""", Text(GeoWriter.Write("service_requests", One(0), GeoFormat.Xml)));
        Assert.Equal(2, GeoReading.StrictXml(GeoWriter.Write("service_requests", One(2), GeoFormat.Xml)).Elements("request").Count());
    }

    [Fact]
    public void What_is_absent_is_left_out()
    {
        var content = new GeoNode.Group { { "a", (string?)null }, { "b", "" }, { "c", (DateTimeOffset?)null }, { "d", (double?)null }, { "e", false } };
        Assert.Equal("""{"e":false}""", Text(GeoWriter.Write("x", content, GeoFormat.Json)));
        Assert.EndsWith("<x><e>false</e></x>", Text(GeoWriter.Write("x", content, GeoFormat.Xml)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nb\rc\n", "a\nb\nc\n")]
    [InlineData("nul\0 bell\a", "nul\uFFFD bell\uFFFD")]
    [InlineData("half $", "half \uFFFD")]
    [InlineData("whole \ud83d\ude00 <b>&amp;", "whole \ud83d\ude00 <b>&amp;")]
    public void Text_that_XML_cannot_hold_is_made_fit_for_both(string sent, string expected)
    {
        // A lone half of a character cannot stand in an attribute.
        var content = new GeoNode.Group { { "t", sent.Replace('$', '\ud83d') } };
        Assert.Equal(expected, GeoReading.StrictXml(GeoWriter.Write("x", content, GeoFormat.Xml)).Element("t")!.Value);
        Assert.Equal(expected, GeoReading.StrictJson(GeoWriter.Write("x", content, GeoFormat.Json)).GetProperty("t").GetString());
    }

    [Theory]
    [InlineData("Call me: 617-555-0123 or +1 (617) 555 0124.", "Call me: [telephone number] or [telephone number].")]
    [InlineData("Ask zoe.o'neil@example.org!", "Ask zoe.o'[e-mail address]!")]
    [InlineData("Ask zoe@mail.example.org, 555-0100", "Ask [e-mail address], [telephone number]")]
    [InlineData("Pole 271-M at 123 Main St, since 2026-11-20, 40 cm deep, 02139", "Pole 271-M at 123 Main St, since 2026-11-20, 40 cm deep, 02139")]
    public void What_people_write_of_how_to_reach_them_is_not_published(string written, string published) =>
        Assert.Equal(published, PublicText.Of(written));

    private static bool Same(XElement xml, JsonElement json, GeoNode content) => content switch
    {
        GeoNode.Text text => xml.Value == text.Value && json.GetString() == text.Value,
        GeoNode.Number number => double.Parse(xml.Value, System.Globalization.CultureInfo.InvariantCulture) == number.Value && json.GetDouble() == number.Value,
        GeoNode.Flag flag => xml.Value == (flag.Value ? "true" : "false") && json.GetBoolean() == flag.Value,
        GeoNode.Many many => xml.Elements().All(e => e.Name.LocalName == many.Child) && json.GetArrayLength() == many.Items.Count
            && xml.Elements().Count() == many.Items.Count && many.Items.Select((item, i) => Same(xml.Elements().ElementAt(i), json[i], item)).All(s => s),
        GeoNode.Group group => xml.Elements().Select(e => e.Name.LocalName).SequenceEqual(group.Select(m => m.Name))
            && json.EnumerateObject().Select(p => p.Name).SequenceEqual(group.Select(m => m.Name))
            && group.All(m => Same(xml.Element(m.Name)!, json.GetProperty(m.Name), m.Node)),
        _ => false,
    };

    private static Gen<GeoNode> Contents() => Gen.Sized(size => Node(Math.Min(size, 8)));

    private static Gen<GeoNode> Node(int size)
    {
        var leaf = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>().Where(s => !string.IsNullOrEmpty(s)).Select(s => (GeoNode)new GeoNode.Text(s)),
            Gen.Choose(0, 0xFFFF).ArrayOf().Select(codes => (GeoNode)new GeoNode.Text(new string([.. codes.Select(c => (char)c)]))),
            ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite).Select(d => (GeoNode)new GeoNode.Number(d)),
            ArbMap.Default.GeneratorFor<bool>().Select(b => (GeoNode)new GeoNode.Flag(b)));
        if (size == 0) return leaf;
        var below = Node(size / 3);
        return Gen.OneOf(
            leaf,
            below.ListOf().Select(items => (GeoNode)new GeoNode.Many("item", [.. items.Take(5)])),
            below.ListOf().Select(items =>
            {
                var group = new GeoNode.Group();
                var n = 0;
                foreach (var item in items.Take(5)) group.Add($"member_{n++}", item);
                return (GeoNode)group;
            }));
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
