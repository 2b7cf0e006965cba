using System.Text;
using ThreeOneOne.Field.Hub.Imports;

namespace ThreeOneOne.Field.Hub.Tests.Imports;

/// <summary>Every row with the line that an editor shows, whatever stands around it.</summary>
public sealed class CityFileTests
{
    [Fact]
    public void A_table_gives_its_rows_and_what_is_none_with_its_line()
    {
        var rows = Rows(""""
            id,name,note
            1,A,"over
            two lines"

            2,B
            3,C,"never closed
            4,D,fine
            5,E,"he said ""no"""
            6,F,"x"y
            7,G,
            """");
        Assert.Equal(
            ["2 1 over\ntwo lines", "5 unequal number of columns", "6 quote never closed", "7 4 fine", "8 5 he said \"no\"", "9 quote never closed", "10 7 "],
            rows.Select(r => r.Fault is { } f ? $"{r.Line} {f.Reason}" : $"{r.Line} {r.Text("ID")} {r.Text("note")}"));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Whatever_ends_a_line_counts_one(string end) =>
        Assert.Equal([(2L, "1"), (4L, "2")], Rows(string.Join(end, "id,name", "1,A", "", "2,B")).Select(r => (r.Line, r.Text("id")!)));

    [Fact]
    public void Byte_order_marks_say_how_a_file_is_written()
    {
        const string text = "id,name\n1,Peña\n";
        Encoding[] marked = [new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode];
        foreach (var encoding in marked)
        {
            byte[] bytes = [.. encoding.Preamble, .. encoding.GetBytes(text)];
            var row = Assert.Single(CityFile.Rows(new MemoryStream(bytes), new FileForm()));
            Assert.Equal(("1", "Peña", 2L), (row.Text("id"), row.Text("name"), row.Line));
        }
    }

    [Fact]
    public void What_is_not_of_the_encoding_costs_its_row_and_the_remedy_works()
    {
        var bytes = Encoding.Latin1.GetBytes("id,name\n1,Peña\n2,plain\n");
        var rows = CityFile.Rows(new MemoryStream(bytes), new FileForm()).ToList();
        Assert.Equal((RowReason.Encoding, 2L), (rows[0].Fault!.Reason, rows[0].Line));
        Assert.Contains("--encoding latin1", rows[0].Fault!.Remedy, StringComparison.Ordinal);
        Assert.Equal("2", rows[1].Text("id"));
        Assert.Equal("Peña", CityFile.Rows(new MemoryStream(bytes), new FileForm { Encoding = "latin1" }).First().Text("name"));
        Assert.Equal("“x”", CityFile.Rows(new MemoryStream([.. "id\n"u8, 0x93, .. "x"u8, 0x94]), new FileForm { Encoding = "windows-1252" }).First().Text("id"));
    }

    [Fact]
    public void A_line_of_a_gigabyte_is_passed_over_without_being_kept()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var rows = CityFile.Rows(new LongLine(1L << 30), new FileForm()).ToList();
        Assert.Equal([(2L, RowReason.TooLong), (3L, null)], rows.Select(r => (r.Line, r.Fault?.Reason)));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("PK\u0003\u0004", "spreadsheet")]
    [InlineData("id;name\n1;A\n", "--delimiter ';'")]
    [InlineData("id,id\n1,2\n", "names the column 'id' twice")]
    [InlineData("a\0b\u0001", "no text")]
    [InlineData("[1,2]", "no GeoJSON")]
    [InlineData("{\"type\":\"FeatureCollection\"}", "no features")]
    [InlineData("{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::2249\"}},\"features\":[]}", "EPSG:4326")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":{}}", "no list")]
    public void What_is_no_file_of_rows_is_refused_with_cause_and_remedy(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Rows(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Features_have_the_line_on_which_they_begin_and_a_broken_one_costs_only_itself()
    {
        var rows = Rows("""
            {"type":"FeatureCollection",
            "features":[
            {"type":"Feature","properties":{"id":"1"},"geometry":{"type":"Point","coordinates":[-71.1,42.37]}},
            {"type":"Feature","properties":{"id":"2"},"geometry":{"type":"Point","coordinates":[-71.1,42.37]},
            {"type":"Feature",
             "properties":{"id":"3"},
             "geometry":null},
            17,
            {"type":"Feature","properties":{"id":"4"},"geometry":{"type":"Point","coordinates":["x",42.37]}}, {"type":"Feature","properties":{"id":"5"},
             "geometry":{"type":"MultiLineString","coordinates":[[[-71.1,42.37],[-71.2,42.37]],[[-71.1,42.38],[-71.2,42.38]]]}}
            ]}
            """);
        Assert.Equal(
            ["3 1 1", "4 unreadable", "5 3 0", "8 unreadable", "9 no place", "9 5 2", "9 5 2"],
            rows.Select(r => r.Fault is { } f ? $"{r.Line} {f.Reason}" : $"{r.Line} {r.Text("id")} {r.Points.Count}"));
    }

    [Fact]
    public void A_layer_that_is_cut_off_keeps_what_came_before()
    {
        var rows = Rows("""
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"id":"1"},"geometry":null},
            {"type":"Feature","properties":{"id":"2"},"geom
            """);
        Assert.Equal(["2 1", "3 unreadable"], rows.Select(r => $"{r.Line} {r.Fault?.Reason ?? r.Text("id")}"));
    }

    [Fact]
    public void One_feature_a_line_is_a_layer_too() =>
        Assert.Equal([(1L, "1"), (2L, "2")], Rows("""
            {"type":"Feature","properties":{"id":"1"},"geometry":null}
            {"type":"Feature","properties":{"id":"2"},"geometry":null}
            """).Select(r => (r.Line, r.Text("id")!)));

    [Fact]
    public void Whatever_bytes_are_there_reading_ends_without_a_bug()
    {
        var random = new Random(311);
        string[] pieces = ["\"", ",", "\n", "\r\n", "a", "{", "}", "[", "]", "\"type\":\"Feature\"", "\"features\":[", ":", "\\", "é", "42.37", "\"geometry\":", "\"properties\":"];
        for (var i = 0; i < 3_000; i++)
        {
            var text = (i % 2 == 0 ? "{\"type\":\"FeatureCollection\",\"features\":[" : "a,b\n") + string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => pieces[random.Next(pieces.Length)]));
            var bytes = Encoding.UTF8.GetBytes(text);
            if (bytes.Length > 0 && i % 3 == 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                Assert.All(CityFile.Rows(new MemoryStream(bytes), new FileForm()), r => Assert.InRange(r.Line, 1, bytes.Count(b => b is (byte)'\n' or (byte)'\r') + 1));
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    private static List<FileRow> Rows(string text) => [.. CityFile.Rows(new MemoryStream(Encoding.UTF8.GetBytes(text)), new FileForm())];

    /// <summary>A table whose second line is as long as told.</summary>
    private sealed class LongLine(long length) : Stream
    {
        private static readonly byte[] Head = [.. "id\n"u8];
        private static readonly byte[] Tail = [.. "\nend\n"u8];

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => Head.Length + length + Tail.Length;
        public override long Position { get; set; }

        public override int Read(Span<byte> buffer)
        {
            var n = 0;
            if (Position >= Head.Length + 1 && Position + buffer.Length < Head.Length + length)
            {
                buffer.Fill((byte)'x');
                n = buffer.Length;
            }
            else
            {
                for (; n < buffer.Length && Position + n < Length; n++)
                {
                    var at = Position + n;
                    buffer[n] = at < Head.Length ? Head[at] : at < Head.Length + length ? (byte)'x' : Tail[at - Head.Length - length];
                }
            }

            Position += n;
            return n;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
