using FsCheck;
using FsCheck.Fluent;

namespace ThreeOneOne.Field.Wire.Tests;

public sealed class SealedFileTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(b => (byte)b)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(SealedFile.PieceBytes - 1)]
    [InlineData(SealedFile.PieceBytes)]
    [InlineData(SealedFile.PieceBytes + 1)]
    [InlineData(3 * SealedFile.PieceBytes)]
    public void What_was_written_is_read_from_any_place(int length)
    {
        var content = Content(length);
        var stored = Sealed(content);
        Assert.Equal(length, SealedFile.ContentLength(stored.Length));
        using var reader = SealedFile.Read(new MemoryStream(stored), Key);
        Assert.Equal(length, reader.Length);
        using var whole = new MemoryStream();
        reader.CopyTo(whole);
        Assert.Equal(content, whole.ToArray());
        foreach (var at in new[] { 0, length / 2, Math.Max(0, length - 1) })
        {
            reader.Seek(at, SeekOrigin.Begin);
            var piece = new byte[Math.Min(10, length - at)];
            reader.ReadExactly(piece);
            Assert.Equal(content[at..(at + piece.Length)], piece);
        }
    }

    [Fact]
    public void A_cut_a_flipped_bit_swapped_pieces_and_another_key_are_noticed()
    {
        var stored = Sealed(Content(2 * SealedFile.PieceBytes + 100));
        var whole = SealedFile.PieceBytes + 16;
        Prop.ForAll(Gen.Choose(0, stored.Length - 1).ToArbitrary(), at =>
        {
            Assert.ThrowsAny<Exception>(() => All(stored[..at], Key));
            var flipped = stored.ToArray();
            flipped[at] ^= 1;
            Assert.Throws<InvalidDataException>(() => All(flipped, Key));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(311, 0x77));
        Assert.Throws<InvalidDataException>(() => All(stored[..(32 + whole)], Key));
        Assert.Throws<InvalidDataException>(() => All([.. stored[..32], .. stored[(32 + whole)..(32 + 2 * whole)], .. stored[32..(32 + whole)], .. stored[(32 + 2 * whole)..]], Key));
        Assert.Throws<InvalidDataException>(() => All(stored, new byte[32]));
        Assert.Throws<InvalidDataException>(() => All(Content(500), Key));
    }

    private static byte[] All(byte[] stored, byte[] key)
    {
        using var reader = SealedFile.Read(new MemoryStream(stored), key);
        using var all = new MemoryStream();
        reader.CopyTo(all);
        return all.ToArray();
    }

    private static byte[] Content(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31 / 7))];

    private static byte[] Sealed(byte[] content)
    {
        using var stored = new MemoryStream();
        using (var writer = SealedFile.Write(stored, Key))
        {
            foreach (var piece in content.Chunk(7_001)) writer.Write(piece);
            writer.Finish();
        }

        return stored.ToArray();
    }
}
