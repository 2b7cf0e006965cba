using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace ThreeOneOne.Field.Wire.Tests;

public sealed class CodecTests
{
    private const string Epoch = "0123456789abcdef";

    [Fact]
    public void Short_messages_stay_plain_JSON_that_any_tool_reads()
    {
        var encoded = WireCodec.Encode("""{"v":1,"online":false}"""u8);

        Assert.Equal((byte)'{', encoded[0]);
    }

    [Fact]
    public void Long_messages_are_compressed_and_say_so_in_their_first_byte()
    {
        var json = UpBatchWriter.Write(new UpBatch(1, "unit-1", Epoch, Enumerable.Repeat<ReadOnlyMemory<byte>>(WireSamples.Read("record-track"), 50).ToList()));

        var encoded = WireCodec.Encode(json);

        Assert.Equal((byte)'B', encoded[0]);
        Assert.True(encoded.Length * 10 < json.Length, $"{encoded.Length} of {json.Length} bytes");
        Assert.Equal(json, WireCodec.Decode(encoded).ToArray());
    }

    [Fact]
    public void Records_come_out_of_a_batch_byte_for_byte()
    {
        // Spaces and an odd order of members: what the outbox wrote is what the hub hashes.
        byte[] odd = Encoding.UTF8.GetBytes("""{ "stamp" : {"deviceTime":"2026-01-01T00:00:00Z", "boot":"b", "monotonicMs":1}, "seq":  7 }""");
        var plain = WireSamples.Read("record-lamp");
        var batch = new UpBatch(1, "unit-1", Epoch, [odd, plain]);

        var read = UpBatchReader.Read(WireCodec.Decode(WireCodec.Encode(UpBatchWriter.Write(batch))));

        Assert.Equal(odd, read.Records[0].ToArray());
        Assert.Equal(WireCodec.ContentHash(plain), WireCodec.ContentHash(read.Records[1].Span));
        Assert.Equal(7, UpBatchReader.ReadRecord(read.Records[0]).Seq);
    }

    [Fact]
    public void A_bad_record_does_not_cost_its_neighbours()
    {
        var json = Encoding.UTF8.GetBytes($$"""{"v":1,"vehicle":"unit-1","epoch":"{{Epoch}}","records":[{"seq":"one"},null,{{Encoding.UTF8.GetString(WireSamples.Read("record-lamp"))}}]}""");

        var batch = UpBatchReader.Read(json);

        Assert.Equal(3, batch.Records.Count);
        Assert.Throws<WireFormatException>(() => UpBatchReader.ReadRecord(batch.Records[0]));
        Assert.Throws<WireFormatException>(() => UpBatchReader.ReadRecord(batch.Records[1]));
        Assert.Equal(RecordKind.Lamp, UpBatchReader.ReadRecord(batch.Records[2]).Kind);
    }

    [Theory]
    [InlineData("", WireFault.Malformed)]
    [InlineData("x", WireFault.UnknownEncoding)]
    [InlineData("B", WireFault.Malformed)]
    [InlineData("Bnot brotli at all", WireFault.Malformed)]
    [InlineData("{", WireFault.Malformed)]
    [InlineData("{}", WireFault.Malformed)]
    [InlineData("""{"v":2,"vehicle":"unit-1","epoch":"0123456789abcdef","records":[]}""", WireFault.UnknownVersion)]
    [InlineData("""{"v":1,"vehicle":"Unit 1","epoch":"0123456789abcdef","records":[]}""", WireFault.Malformed)]
    [InlineData("""{"v":1,"vehicle":"unit-1","epoch":"0123456789ABCDEF","records":[]}""", WireFault.Malformed)]
    [InlineData("""{"v":1,"vehicle":"unit-1","epoch":"0123456789abcdef"}""", WireFault.Malformed)]
    [InlineData("""{"v":1,"vehicle":"unit-1","epoch":"0123456789abcdef","records":7}""", WireFault.Malformed)]
    [InlineData("""{"v":1,"vehicle":"unit-1","epoch":"0123456789abcdef","records":[]}{}""", WireFault.Malformed)]
    [InlineData("""{"v":"1","vehicle":7,"epoch":[],"records":[]}""", WireFault.Malformed)]
    public void What_cannot_be_read_says_why(string message, WireFault fault)
    {
        var e = Assert.Throws<WireFormatException>(() => UpBatchReader.Read(WireCodec.Decode(Encoding.UTF8.GetBytes(message))));

        Assert.Equal(fault, e.Fault);
    }

    [Fact]
    public void A_message_that_unfolds_without_end_is_refused_early()
    {
        var bomb = new byte[64 * 1024 * 1024];
        var packed = new byte[1024 * 1024];
        Assert.True(BrotliEncoder.TryCompress(bomb, packed.AsSpan(1), out var written, 5, 22));
        packed[0] = (byte)'B';

        var e = Assert.Throws<WireFormatException>(() => WireCodec.Decode(packed.AsMemory(0, written + 1)));

        Assert.Equal(WireFault.Oversized, e.Fault);
    }

    [Fact]
    public void A_message_longer_than_the_limit_is_refused_unread()
    {
        var e = Assert.Throws<WireFormatException>(() => WireCodec.Decode(new byte[WireCodec.MaxEncodedBytes + 1]));

        Assert.Equal(WireFault.Oversized, e.Fault);
    }

    [Fact]
    public void Random_bytes_never_escape_as_another_exception()
    {
        const int seed = 311;
        var random = new Random(seed);
        var sample = WireSamples.Read("up");
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = sample.ToArray();
            for (var flips = random.Next(1, 12); flips > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                foreach (var record in UpBatchReader.Read(WireCodec.Decode(bytes)).Records) UpBatchReader.ReadRecord(record).Track?.ToFixes();
            }
            catch (Exception e) when (e is WireFormatException or FormatException)
            {
                // A value: counted and kept aside by the hub. Anything else fails the test (seed 311).
            }
        }
    }

    [Fact]
    public void Any_text_survives_the_codec() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(311, 0x11), Prop.ForAll<string>(text =>
        {
            var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { text = string.Concat(Enumerable.Repeat(text ?? "", 40)) });
            return WireCodec.Decode(WireCodec.Encode(json)).Span.SequenceEqual(json);
        }));

    [Fact]
    public void A_batch_may_only_ask_what_the_hub_has()
    {
        var written = UpBatchWriter.Write(new UpBatch(WireCodec.Version, "unit-214", "9f3c5b1e7a2d4c60", [], [(1, 5), (9, 9)]));

        var read = UpBatchReader.Read(written);

        Assert.Empty(read.Records);
        Assert.Equal([(1, 5), (9, 9)], read.Ask);
    }

    [Theory]
    [InlineData("[[1]]")]
    [InlineData("[[2,1]]")]
    [InlineData("[[0,1]]")]
    [InlineData("[[1,2,3]]")]
    [InlineData("[1,2]")]
    [InlineData("{}")]
    public void An_ask_that_is_no_list_of_ranges_is_malformed(string ask)
    {
        var text = $"{{\"v\":1,\"vehicle\":\"unit-214\",\"epoch\":\"9f3c5b1e7a2d4c60\",\"records\":[],\"ask\":{ask}}}";

        Assert.Throws<WireFormatException>(() => UpBatchReader.Read(Encoding.UTF8.GetBytes(text)));
    }
}
