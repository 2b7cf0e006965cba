using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Attachments;

[SuppressMessage("Design", "CA1001", Justification = "The test framework calls DisposeAsync.")]
public sealed class TakePieceTests : IAsyncLifetime
{
    private const string Truck = "truck-1";
    private readonly DomainHub hub = new(services => services.AddAttachments(new AttachmentsOptions { MaxFileBytes = 200_000 }).AddSingleton<TakePiece>());
    private readonly byte[] photo = Jpeg(100_000);
    private int actions;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task A_file_nobody_named_is_not_expected_and_one_that_is_named_is_wanted_from_its_vehicle_only()
    {
        Assert.Equal(FileProgress.NotExpected, (await AskAsync()).Progress);
        await NameAsync(photo);
        Assert.Equal((FileProgress.Wanted, 0), Of(await AskAsync()));
        Assert.Equal(FileProgress.NotExpected, (await Take.TakeAsync("truck-2", new FileChunk(Name(photo), 0, default), default)).Progress);
    }

    [Fact]
    public async Task Pieces_that_come_twice_late_or_with_a_gap_leave_the_file_whole()
    {
        await NameAsync(photo);
        Assert.Equal((FileProgress.Wanted, 30_000), Of(await PieceAsync(0, 30_000)));
        Assert.Equal((FileProgress.Wanted, 30_000), Of(await PieceAsync(0, 30_000)));
        Assert.Equal((FileProgress.Wanted, 30_000), Of(await PieceAsync(60_000, 30_000)));
        Assert.Equal((FileProgress.Wanted, 50_000), Of(await PieceAsync(20_000, 30_000)));
        Assert.Equal((FileProgress.Wanted, 50_000), Of(await AskAsync()));
        Assert.Equal("on-its-way", (await ViewAsync()).State);
        Assert.Equal(50_000, (await ViewAsync()).Received);
        for (var offset = 50_000; offset < 100_000; offset += 25_000) await PieceAsync(offset, 25_000);
        Assert.Equal((FileProgress.Complete, 100_000), Of(await AskAsync()));
        Assert.Equal("received", (await ViewAsync()).State);
        Assert.Equal(photo, await File.ReadAllBytesAsync(hub.Get<AttachmentFiles>().PathOf(Name(photo))));
    }

    [Fact]
    public async Task A_hub_that_ended_between_the_name_and_the_note_knows_the_file_when_it_is_asked()
    {
        await NameAsync(photo);
        var path = hub.Get<AttachmentFiles>().PathOf(Name(photo));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, photo);
        Assert.Equal((FileProgress.Complete, 100_000), Of(await AskAsync()));
        Assert.Equal("received", (await ViewAsync()).State);
    }

    [Fact]
    public async Task Bytes_that_a_power_cut_spoiled_are_sent_once_more()
    {
        await NameAsync(photo);
        await PieceAsync(0, 30_000);
        var part = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(hub.Get<AttachmentFiles>().PathOf(Name(photo)))!));
        await File.AppendAllTextAsync(part, new string('\0', 70_000));
        Assert.Equal((FileProgress.Wanted, 0), Of(await AskAsync()));
        await SendAllAsync(photo);
        Assert.Equal("received", (await ViewAsync()).State);
    }

    [Fact]
    public async Task Wrong_bytes_a_wrong_type_and_a_wrong_length_are_refused_with_the_reason()
    {
        await NameAsync(photo);
        var wrong = Jpeg(100_000, seed: 2);
        await SendAllAsync(wrong, Name(photo));
        await SendAllAsync(wrong, Name(photo));
        var refused = await AskAsync();
        Assert.Equal(FileProgress.Refused, refused.Progress);
        Assert.Equal("its bytes are not those that the action names", refused.Reason);
        Assert.Equal("refused", (await ViewAsync()).State);

        var page = "<html><script>alert(1)</script></html>"u8.ToArray();
        await NameAsync(page);
        var answer = await Take.TakeAsync(Truck, new FileChunk(Name(page), 0, page), default);
        Assert.Equal((FileProgress.Refused, "it does not begin like image/jpeg"), (answer.Progress, answer.Reason));

        var longer = Jpeg(1_000, seed: 3);
        await NameAsync(longer, bytesSaid: 900);
        Assert.Equal(FileProgress.Refused, (await Take.TakeAsync(Truck, new FileChunk(Name(longer), 0, longer), default)).Progress);
        var huge = Jpeg(10, seed: 4);
        await NameAsync(huge, bytesSaid: 200_001);
        Assert.Equal(FileProgress.Refused, (await Take.TakeAsync(Truck, new FileChunk(Name(huge), 0, default), default)).Progress);
        await NameAsync(Jpeg(11, seed: 5), type: "image/svg+xml");
        Assert.Equal(FileProgress.Refused, (await Take.TakeAsync(Truck, new FileChunk(Name(Jpeg(11, seed: 5)), 0, default), default)).Progress);
    }

    [Fact]
    public async Task What_another_vehicle_had_sent_of_a_file_goes_when_the_file_is_here()
    {
        await NameAsync(photo);
        await hub.ApplyAsync(Action(new AttachmentRef(Name(photo), AttachmentType.Jpeg, photo.Length)) with { Vehicle = "truck-2" });
        await Take.TakeAsync("truck-2", new FileChunk(Name(photo), 0, photo.AsMemory(0, 30_000)), default);
        await SendAllAsync(photo);
        var folder = Path.GetDirectoryName(hub.Get<AttachmentFiles>().PathOf(Name(photo)))!;
        Assert.Equal(2, Directory.GetFiles(folder).Length);
        Assert.Equal(FileProgress.Complete, (await Take.TakeAsync("truck-2", new FileChunk(Name(photo), 0, default), default)).Progress);
        Assert.Equal([hub.Get<AttachmentFiles>().PathOf(Name(photo))], Directory.GetFiles(folder));

        // The power went after the file had its name: its part goes with the next question.
        var other = Jpeg(50_000, seed: 8);
        await NameAsync(other);
        await Take.TakeAsync(Truck, new FileChunk(Name(other), 0, other.AsMemory(0, 30_000)), default);
        var path = hub.Get<AttachmentFiles>().PathOf(Name(other));
        await File.WriteAllBytesAsync(path, other);
        Assert.Equal(FileProgress.Complete, (await Take.TakeAsync(Truck, new FileChunk(Name(other), 0, default), default)).Progress);
        Assert.DoesNotContain(Directory.GetFiles(Path.GetDirectoryName(path)!), f => f.Contains(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_is_no_hash_never_reaches_the_disk()
    {
        await hub.ApplyAsync(Action(new AttachmentRef("../../../etc/cron.d/x", AttachmentType.Jpeg, 10), new AttachmentRef(null!, null!, 1), null!));
        Assert.Empty(await hub.Database.ReadAsync(c => hub.Get<AttachmentList>().OfActions(c, ["action-1"]), default));
    }

    private TakePiece Take => hub.Get<TakePiece>();

    private static (FileProgress Progress, int Next) Of(FileState state) => (state.Progress, state.Next);

    private Task<FileState> AskAsync() => Take.TakeAsync(Truck, new FileChunk(Name(photo), 0, default), default);

    private Task<FileState> PieceAsync(int offset, int length) => Take.TakeAsync(Truck, new FileChunk(Name(photo), offset, photo.AsMemory(offset, length)), default);

    private async Task SendAllAsync(byte[] bytes, string? name = null)
    {
        for (var offset = 0; offset < bytes.Length; offset += 25_000)
            await Take.TakeAsync(Truck, new FileChunk(name ?? Name(bytes), offset, bytes.AsMemory(offset, Math.Min(25_000, bytes.Length - offset))), default);
    }

    private Task<AttachmentView> ViewAsync() => hub.Database.ReadAsync(c => hub.Get<AttachmentList>().OfActions(c, ["action-1"]).Single(), default);

    private Task NameAsync(byte[] bytes, int? bytesSaid = null, string type = AttachmentType.Jpeg) =>
        hub.ApplyAsync(Action(new AttachmentRef(Name(bytes), type, bytesSaid ?? bytes.Length)));

    private StoredRecord Action(params AttachmentRef[] files) => new(Truck, "cambridge-ma", "0123456789abcdef", new WireRecord
    {
        Seq = ++actions,
        Stamp = new Stamp { DeviceTime = hub.Time.GetUtcNow(), Boot = "b1", MonotonicMs = actions },
        Duty = new Duty("s1", "crew-1"),
        Action = new CrewAction { Id = $"action-{actions}", Kind = CrewActionKind.Complete, Order = "o1", Attachments = files },
    }, hub.Time.GetUtcNow());

    private static byte[] Jpeg(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }.CopyTo(bytes, 0);
        return bytes;
    }

    private static string Name(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
