using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Attachments;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Attachments;

public sealed class AttachmentStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DeviceClock clock = new(TimeProvider.System);
    private readonly AttachmentsOptions options = new() { MaxFileBytes = 100_000, MaxBytes = 1024 * 1024 };

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_has_its_name_only_when_it_is_whole()
    {
        var photo = Photo.Jpeg(70_000);
        var store = Store();
        var saved = await store.SaveAsync(AttachmentType.Jpeg, new MemoryStream(photo), photo.Length, default);
        Assert.Equal(Photo.Ref(photo), saved);
        Assert.Equal(photo, File.ReadAllBytes(Assert.Single(Files())));

        // The crew has not pressed "complete": nobody sends it yet.
        Assert.Empty(store.Waiting);
        Assert.Equal([saved], store.Claim([saved.Sha256])!);
        Assert.Equal([saved], store.Waiting.Select(w => w.Ref));
        Assert.Equal([saved], Store().Waiting.Select(w => w.Ref));
    }

    [Fact]
    public async Task What_a_power_cut_left_unfinished_is_forgotten_and_what_was_saved_is_there()
    {
        var photo = Photo.Jpeg(5_000);
        var store = Store();
        await store.SaveAsync(AttachmentType.Jpeg, new MemoryStream(photo), null, default);
        File.WriteAllBytes(Path.Combine(folder["attachments"], "new", "0123.part"), photo.AsSpan(0, 100).ToArray());
        var after = Store();
        Assert.NotNull(after.Claim([Photo.Name(photo)]));
        Assert.Single(Files());
    }

    [Fact]
    public async Task A_file_that_stops_in_the_middle_leaves_nothing()
    {
        var store = Store();
        await RefusedAsync(store, AttachmentType.Jpeg, Photo.Jpeg(4_000), 5_000, AttachmentRefusal.Incomplete);
        await RefusedAsync(store, AttachmentType.Jpeg, [], null, AttachmentRefusal.Incomplete);
        await Assert.ThrowsAsync<IOException>(() => store.SaveAsync(AttachmentType.Jpeg, new BrokenStream(), null, default));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task The_type_is_held_to_the_first_bytes()
    {
        var store = Store();
        await RefusedAsync(store, "image/svg+xml", "<svg onload='x'/>"u8.ToArray(), null, AttachmentRefusal.Type);
        await RefusedAsync(store, AttachmentType.Png, Photo.Jpeg(500), null, AttachmentRefusal.Type);
        await RefusedAsync(store, AttachmentType.Jpeg, "<html>"u8.ToArray(), null, AttachmentRefusal.Type);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_full_room_refuses_clearly_and_drops_nothing()
    {
        var store = Store();
        await RefusedAsync(store, AttachmentType.Jpeg, Photo.Jpeg(100_001), null, AttachmentRefusal.TooLong);
        for (var i = 0; i < 10; i++) await SaveAsync(store, Photo.Jpeg(100_000, i));
        var refused = await RefusedAsync(store, AttachmentType.Jpeg, Photo.Jpeg(100_000, 99), 100_000, AttachmentRefusal.Full);
        await RefusedAsync(store, AttachmentType.Jpeg, Photo.Jpeg(100_000, 99), null, AttachmentRefusal.Full);
        Assert.Contains("without the photo", refused.Remedy, StringComparison.Ordinal);
        Assert.Equal(10, Files().Length);

        // What arrived makes room.
        var first = Photo.Ref(Photo.Jpeg(100_000, 0));
        store.Claim([first.Sha256]);
        store.Drop(first);
        await SaveAsync(store, Photo.Jpeg(100_000, 99));
        Assert.Equal(10, Files().Length);
    }

    [Fact]
    public async Task The_same_content_twice_is_one_file_and_an_unknown_name_is_not_claimed()
    {
        var photo = Photo.Jpeg(1_000);
        var store = Store();
        await SaveAsync(store, photo);
        await SaveAsync(store, photo);
        store.Claim([Photo.Name(photo)]);
        await SaveAsync(store, photo);
        Assert.Single(Files());
        Assert.Null(store.Claim([Photo.Name(photo), Photo.Name([1])]));
        Assert.Single(store.Claim([Photo.Name(photo)])!);
    }

    [Fact]
    public async Task What_the_hub_refuses_is_kept_for_a_person_over_a_restart()
    {
        var photo = Photo.Jpeg(1_000);
        var store = Store();
        await SaveAsync(store, photo);
        store.Claim([Photo.Name(photo)]);
        store.SetAside(Photo.Ref(photo), "too many photos of this hydrant");
        Assert.Empty(store.Waiting);
        Assert.Equal(1_000, Store().UnsentBytes);
        Assert.Contains("aside", Assert.Single(Files()), StringComparison.Ordinal);
    }

    private AttachmentStore Store() => new(folder["attachments"], options, clock, NullLogger.Instance);

    private string[] Files() => Directory.GetFiles(folder["attachments"], "*", SearchOption.AllDirectories);

    private static Task<AttachmentRef> SaveAsync(AttachmentStore store, byte[] photo) =>
        store.SaveAsync(AttachmentType.Jpeg, new MemoryStream(photo), photo.Length, default);

    private static async Task<AttachmentRefusedException> RefusedAsync(AttachmentStore store, string type, byte[] bytes, long? length, AttachmentRefusal why)
    {
        var refused = await Assert.ThrowsAsync<AttachmentRefusedException>(() => store.SaveAsync(type, new MemoryStream(bytes), length, default));
        Assert.Equal(why, refused.Why);
        return refused;
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("the screen went away");
    }
}
