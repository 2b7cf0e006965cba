using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Attachments;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Attachments;

public sealed class SealedAttachmentTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DeviceClock clock = new(TimeProvider.System);
    private readonly byte[] key = [.. Enumerable.Range(3, 32).Select(b => (byte)b)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(200)]
    [InlineData(SealedFile.PieceBytes)]
    [InlineData(SealedFile.PieceBytes + 1)]
    [InlineData(200_000)]
    public async Task A_photo_is_encrypted_on_the_card_and_read_in_pieces(int bytes)
    {
        var photo = Photo.Jpeg(bytes);
        var saved = await Store().SaveAsync(AttachmentType.Jpeg, new MemoryStream(photo), photo.Length, default);
        Store().Claim([saved.Sha256]);
        Assert.Equal(Photo.Ref(photo), saved);
        var after = Store();
        Assert.Equal(bytes, Assert.Single(after.Waiting).Ref.Bytes);
        Assert.Equal(photo, Content(after, saved));
        Assert.True((await File.ReadAllBytesAsync(OnlyFile())).AsSpan().IndexOf(photo.AsSpan(0, 64)) < 0);
    }

    [Fact]
    public async Task A_photo_from_before_the_key_is_encrypted_at_the_start()
    {
        var photo = Photo.Jpeg(90_000);
        var plain = new AttachmentStore(folder["attachments"], new AttachmentsOptions(), clock, NullLogger.Instance);
        var saved = await plain.SaveAsync(AttachmentType.Jpeg, new MemoryStream(photo), null, default);
        plain.Claim([saved.Sha256]);
        var written = File.GetLastWriteTimeUtc(OnlyFile());
        var store = Store();
        Assert.Equal(photo, Content(store, saved));
        Assert.Equal(written, Assert.Single(store.Waiting).Saved.UtcDateTime);
        Assert.EndsWith(".sealed", OnlyFile(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_piece_that_was_changed_is_not_sent()
    {
        var photo = Photo.Jpeg(100_000);
        var store = Store();
        var saved = await store.SaveAsync(AttachmentType.Jpeg, new MemoryStream(photo), null, default);
        store.Claim([saved.Sha256]);
        var stored = await File.ReadAllBytesAsync(OnlyFile());
        stored[^20] ^= 1;
        await File.WriteAllBytesAsync(OnlyFile(), stored);
        Assert.NotNull(store.Read(saved, 0, 1_000));
        Assert.Null(store.Read(saved, 99_000, 1_000));
    }

    private static byte[] Content(AttachmentStore store, AttachmentRef file)
    {
        List<byte> all = [];
        while (all.Count < file.Bytes) all.AddRange(store.Read(file, all.Count, FileChunk.MaxBytes)!.Value.Span);
        return [.. all];
    }

    private string OnlyFile() => Assert.Single(Directory.GetFiles(folder["attachments"], "*", SearchOption.AllDirectories));

    private AttachmentStore Store() => new(folder["attachments"], new AttachmentsOptions(), clock, NullLogger.Instance, key);
}
