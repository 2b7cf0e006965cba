using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ThreeOneOne.Field.Hub.Telemetry;
using ThreeOneOne.Field.Hub.Tests.Sites;

namespace ThreeOneOne.Field.Hub.Tests.Telemetry;

public sealed class LineProtocolTests
{
    [Fact]
    public void Tags_are_in_order_escaped_and_never_empty()
    {
        var line = Line(new Point("a b,c=d", Sample.Start, [("z", "1"), ("street", "Mt Auburn, St = \"x\\"), ("none", " "), ("gone", null)], [("n", 1.5), ("whole", 3), ("nan", double.NaN)]));
        Assert.Equal("a\\ b\\,c=d,street=Mt\\ Auburn\\,\\ St\\ \\=\\ \"x/,z=1 n=1.5,whole=3 1763600400000\n".Replace("1763600400000", $"{Sample.Start.ToUnixTimeMilliseconds()}", StringComparison.Ordinal), line);
    }

    [Fact]
    public void A_point_without_fields_is_no_line()
    {
        var to = new StringBuilder();
        Assert.False(LineProtocol.Write(to, new Point("m", Sample.Start, [("a", "b")], [("x", null), ("y", double.PositiveInfinity)])));
        Assert.Equal(0, to.Length);
    }

    [Fact]
    public void Whatever_stands_in_a_tag_a_point_is_one_line() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var line = Line(new Point("m", Sample.Start, [("t", text)], [("n", 1)]));
            return line.Count(c => c == '\n') == 1 && line.EndsWith($" n=1 {Sample.Start.ToUnixTimeMilliseconds()}\n", StringComparison.Ordinal) && !line.Contains('\\' + "\\", StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithReplay(311, 0x57));

    private static string Line(Point point)
    {
        var to = new StringBuilder();
        LineProtocol.Write(to, point);
        return to.ToString();
    }
}
