namespace ThreeOneOne.Field.Wire.Tests;

public sealed class FileChunkTests
{
    private const string Sha256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    [Theory]
    [InlineData(0, 0)]
    [InlineData(65_536, 1)]
    [InlineData(3_000_000, FileChunk.MaxBytes)]
    public void A_piece_reads_back_as_it_was_written(int offset, int bytes)
    {
        var content = Enumerable.Range(0, bytes).Select(i => (byte)i).ToArray();

        var read = FileChunk.Decode(new FileChunk(Sha256, offset, content).Encode());

        Assert.Equal((Sha256, offset), (read.Sha256, read.Offset));
        Assert.Equal(content, read.Bytes.ToArray());
    }

    [Fact]
    public void Too_short_too_long_and_foreign_messages_are_refused()
    {
        var whole = new FileChunk(Sha256, 0, new byte[FileChunk.MaxBytes]).Encode();

        Assert.Throws<WireFormatException>(() => FileChunk.Decode(whole.AsMemory(0, 36)));
        Assert.Throws<WireFormatException>(() => FileChunk.Decode(new byte[whole.Length + 1]));
        whole[0] = (byte)'{';
        Assert.Throws<WireFormatException>(() => FileChunk.Decode(whole));
        whole[0] = (byte)'F';
        whole[36] = 0x80;
        Assert.Throws<WireFormatException>(() => FileChunk.Decode(whole));
    }

    [Theory]
    [InlineData(AttachmentType.Jpeg, "FFD8FFE000104A4649460001")]
    [InlineData(AttachmentType.Png, "89504E470D0A1A0A0000000D")]
    [InlineData(AttachmentType.Webp, "524946460000000057454250")]
    [InlineData(AttachmentType.Ogg, "4F6767530002000000000000")]
    [InlineData(AttachmentType.Webm, "1A45DFA3010000000000001F")]
    public void A_type_is_known_by_its_first_bytes_and_by_no_others(string type, string head)
    {
        var bytes = Convert.FromHexString(head);

        Assert.True(AttachmentType.Matches(type, bytes));
        Assert.All(AttachmentType.All.Where(t => t != type), other => Assert.False(AttachmentType.Matches(other, bytes)));
        Assert.False(AttachmentType.Matches(type, "<svg onload="u8));
        Assert.False(AttachmentType.Matches("image/svg+xml", bytes));
    }
}
