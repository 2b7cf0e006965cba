using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Health;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Updates;
using ThreeOneOne.Field.Edge.Tests.Positioning;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Updates;

/// <summary>What a vehicle takes from the hub's door, what it refuses, and how a trial ends.</summary>
public sealed class UpdateDeskTests : IDisposable
{
    private static readonly TrialOptions Quick = new() { Minutes = 0.02, SettleSeconds = 0, PatienceMinutes = 0, Starts = 3 };
    private static readonly TrialSigns Well = new(true, true, true, new Dictionary<string, SourceHealth>());
    private static readonly TrialSigns Ill = new(true, true, false, new Dictionary<string, SourceHealth>());

    private readonly TemporaryFolder temporary = new();
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly VersionsFolder folder;
    private readonly Door door = new();
    private readonly UpdatesOptions options;

    public UpdateDeskTests()
    {
        folder = new VersionsFolder(temporary["versions"]);
        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(temporary["keys.pem"], key.ExportSubjectPublicKeyInfoPem());
        options = new UpdatesOptions { KeysFile = temporary["keys.pem"], Folder = folder.Path, Minutes = 0.0005, BytesPerSecond = 100_000_000, KeepFreeBytes = 10_000_000 };
    }

    public void Dispose()
    {
        temporary.Dispose();
        key.Dispose();
        door.Dispose();
    }

    [Fact]
    public async Task A_newer_version_is_fetched_tried_and_kept()
    {
        door.Offer(key, Manifest("0.2.0"));
        using (var desk = Desk("0.1.0"))
        {
            await desk.RunAsync(() => Well, CancellationToken.None);
            Assert.True(desk.Restart.IsCancellationRequested);
        }

        Assert.Equal("0.2.0", folder.Next);
        Assert.True(File.Exists(Path.Combine(folder.FolderOf("0.2.0"), UpdateArchive.Program)));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.part"));
        await RunTrialAsync("0.2.0", Well);
        Assert.Equal("0.2.0", folder.Current);
        Assert.Null(folder.Next);
        Assert.False(File.Exists(folder.TrialFile));
    }

    [Fact]
    public async Task An_ill_version_is_taken_back_said_to_the_hub_and_not_tried_again()
    {
        door.Offer(key, Manifest("0.2.0"));
        using (var desk = Desk("0.1.0")) await desk.RunAsync(() => Well, CancellationToken.None);
        await RunTrialAsync("0.2.0", Ill);
        Assert.Null(folder.Next);
        Assert.Equal("0.2.0", folder.Failed?.Version);
        using var after = Desk("0.1.0");
        Assert.Null(await after.LookAsync(CancellationToken.None));
        Assert.Contains("failed=0.2.0", door.Asked, StringComparison.Ordinal);
        Assert.Contains("reason=", door.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_shift_is_interrupted()
    {
        door.Offer(key, Manifest("0.2.0"));
        var asked = 0;
        using var stop = new CancellationTokenSource();
        using var desk = new UpdateDesk(options, folder, "0.1.0", Quick, new TrialTurn(0), door.Client, () => Now, () =>
        {
            if (++asked == 1) stop.Cancel();
            return false;
        }, TimeProvider.System, NullLogger.Instance);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => desk.RunAsync(() => Well, stop.Token));
        Assert.Null(folder.Next);
        Assert.True(folder.Has("0.2.0"));
    }

    [Fact]
    public async Task What_is_older_forged_anothers_or_not_what_was_signed_is_refused()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        async Task Refused(ECDsa signer, UpdateManifest manifest, string type = SignedBundle.UpdateType)
        {
            door.Offer(signer, manifest, type);
            using var desk = Desk("0.2.0");
            Assert.Null(await desk.LookAsync(CancellationToken.None));
            Assert.False(folder.Has(manifest.Version), manifest.Version);
        }

        await Refused(stranger, Manifest("0.3.0"));
        await Refused(key, Manifest("0.3.0"), SignedBundle.ProfileType);
        await Refused(key, Manifest("0.1.0"));
        await Refused(key, Manifest("0.2.0") with { });
        await Refused(key, Manifest("0.3.0") with { Sha256 = new string('0', 64) });
        await Refused(key, Manifest("0.3.0") with { Size = 10 });
        await Refused(key, Manifest("0.3.0") with { Architecture = "arm64" == Own ? "amd64" : "arm64" });
        File.Delete(options.KeysFile);
        await Refused(key, Manifest("0.3.0"));
    }

    [Fact]
    public async Task What_was_signed_before_the_version_that_was_proven_last_is_refused_however_good_its_signature()
    {
        UpdateManifest Old(long sequence) => Manifest("0.1.0") with { RollBack = true, Sequence = sequence };
        door.Offer(key, Manifest("0.3.0") with { Sequence = 6_000 });
        using (var desk = Desk("0.2.0")) await desk.RunAsync(() => Well, CancellationToken.None);
        // Until it is proven nothing counts: what was signed before may still be needed.
        door.Offer(key, Old(5_000));
        using (var desk = Desk("0.2.0")) Assert.Equal("0.1.0", await desk.LookAsync(CancellationToken.None));
        Assert.Equal(0, folder.Sequence);
        await RunTrialAsync("0.3.0", Well);
        Assert.Equal(6_000, folder.Sequence);

        // Whoever kept the envelope, the hub itself, sends it again; the archive is even here still.
        door.Offer(key, Old(5_000));
        using (var desk = Desk("0.3.0"))
        {
            Assert.Null(await desk.LookAsync(CancellationToken.None));
            door.Offer(null, null);
            await desk.LookAsync(CancellationToken.None);
            Assert.Contains("signed%20anew", door.Asked, StringComparison.Ordinal);
        }

        // Signed anew it is taken, and then the newer version's old manifest is the replayed one.
        door.Offer(key, Old(7_000));
        using (var desk = Desk("0.3.0")) await desk.RunAsync(() => Well, CancellationToken.None);
        await RunTrialAsync("0.1.0", Well);
        Assert.Equal(7_000, folder.Sequence);
        door.Offer(key, Manifest("0.3.0") with { Sequence = 6_000 });
        using (var desk = Desk("0.1.0")) Assert.Null(await desk.LookAsync(CancellationToken.None));
    }

    [Fact]
    public async Task What_has_expired_is_refused()
    {
        door.Offer(key, Manifest("0.3.0") with { ExpiresMs = Now.ToUnixTimeMilliseconds() });
        using var desk = Desk("0.2.0");
        Assert.Null(await desk.LookAsync(CancellationToken.None));
        Assert.False(folder.Has("0.3.0"));
        door.Offer(key, Manifest("0.3.0") with { ExpiresMs = Now.ToUnixTimeMilliseconds() + 1 });
        Assert.Equal("0.3.0", await desk.LookAsync(CancellationToken.None));
        Assert.Contains("has%20expired", door.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vehicle_that_never_had_an_update_has_no_folder_and_takes_its_first()
    {
        var none = new VersionsFolder(Path.Combine(folder.Path, "none", "yet"));
        door.Offer(key, Manifest("0.3.0"));
        using var desk = new UpdateDesk(options, none, "0.2.0", Quick, turn, door.Client, () => Now, () => true, TimeProvider.System, NullLogger.Instance);
        await desk.RunAsync(() => Well, CancellationToken.None);
        Assert.Equal("0.3.0", none.Next);
    }

    [Fact]
    public async Task No_trial_begins_while_a_profile_is_on_trial()
    {
        turn = new TrialTurn(1);
        door.Offer(key, Manifest("0.3.0"));
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var looks = 0;
        using var desk = new UpdateDesk(options, folder, "0.2.0", Quick, turn, door.Client, () => Now, () => Interlocked.Increment(ref looks) > 0, TimeProvider.System, NullLogger.Instance);
        var run = desk.RunAsync(() => Well, stop.Token);
        while (Volatile.Read(ref looks) < 2) await Task.Delay(20, stop.Token);
        Assert.Null(folder.Next);
        Assert.False(desk.Restart.IsCancellationRequested);
        turn.End();
        await run;
        Assert.Equal("0.3.0", folder.Next);
        Assert.False(turn.TryBegin());
    }

    [Fact]
    public async Task A_roll_back_that_says_so_may_be_older()
    {
        door.Offer(key, Manifest("0.1.0") with { RollBack = true });
        using var desk = Desk("0.2.0");
        Assert.Equal("0.1.0", await desk.LookAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_roll_back_to_the_version_before_a_newer_package_is_started_without_a_trial()
    {
        await KeepAsync("0.1.0");
        door.Offer(key, Manifest("0.1.0") with { RollBack = true });
        using (var desk = Desk("0.2.0"))
        {
            await desk.RunAsync(() => Well, CancellationToken.None);
            Assert.True(desk.Restart.IsCancellationRequested);
        }

        // By these the launcher takes it: it is proven, and may stand before this package.
        Assert.Equal("0.1.0", folder.Current);
        Assert.Equal("0.2.0", await File.ReadAllTextAsync(Path.Combine(folder.FolderOf("0.1.0"), "over")));
        Assert.Null(folder.Next);
        Assert.False(File.Exists(folder.TrialFile));
        await OnceAsync("0.1.0");
        Assert.Null(folder.Asked);
        Assert.Null(folder.Failed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_version_that_a_start_did_not_bring_is_not_asked_for_again(bool isKept)
    {
        if (isKept) await KeepAsync("0.1.0");
        door.Offer(key, Manifest("0.1.0") with { RollBack = true });
        using (var desk = Desk("0.2.0")) await desk.RunAsync(() => Well, CancellationToken.None);
        // A launcher that looks elsewhere starts what ran before.
        await OnceAsync("0.2.0");
        Assert.Equal(("0.1.0", "a start did not bring it"), folder.Failed);
        Assert.Null(folder.Next);
        using var after = Desk("0.2.0");
        Assert.Null(await after.LookAsync(CancellationToken.None));
        Assert.Contains("failed=0.1.0", door.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_launcher_took_back_keeps_its_reason()
    {
        door.Offer(key, Manifest("0.2.0"));
        using (var desk = Desk("0.1.0")) await desk.RunAsync(() => Well, CancellationToken.None);
        folder.TakeBack("0.2.0", "started 4 times");
        await OnceAsync("0.1.0");
        Assert.Equal(("0.2.0", "started 4 times"), folder.Failed);
        Assert.Null(folder.Asked);
    }

    [Fact]
    public async Task A_download_goes_on_where_it_was_cut()
    {
        var manifest = Manifest("0.2.0");
        door.Offer(key, manifest);
        door.CutAfter = 1_000;
        using (var desk = Desk("0.1.0")) Assert.Null(await desk.LookAsync(CancellationToken.None));
        Assert.Equal(1_000, new FileInfo(folder.PartOf(manifest.Sha256)).Length);
        door.CutAfter = null;
        using (var desk = Desk("0.1.0")) Assert.Equal("0.2.0", await desk.LookAsync(CancellationToken.None));
        Assert.Equal(1_000, door.From);
    }

    [Fact]
    public async Task A_door_that_goes_silent_is_left_and_asked_again()
    {
        var manifest = Manifest("0.2.0");
        door.Offer(key, manifest);
        door.SilentAfter = 1_000;
        using (var desk = Desk("0.1.0", new HurriedTime())) Assert.Null(await desk.LookAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(2)));
        Assert.Equal(1_000, new FileInfo(folder.PartOf(manifest.Sha256)).Length);
        door.SilentAfter = null;
        using (var desk = Desk("0.1.0")) Assert.Equal("0.2.0", await desk.LookAsync(CancellationToken.None));
        Assert.Equal(1_000, door.From);
    }

    [Fact]
    public async Task More_than_was_signed_is_not_kept()
    {
        var manifest = Manifest("0.2.0") with { Size = 10 };
        door.Offer(key, manifest);
        using (var desk = Desk("0.1.0")) Assert.Null(await desk.LookAsync(CancellationToken.None));
        Assert.Equal(0, new FileInfo(folder.PartOf(manifest.Sha256)).Length);
        door.CutAfter = 5;
        using (var desk = Desk("0.1.0")) Assert.Null(await desk.LookAsync(CancellationToken.None));
        door.CutAfter = null;
        using (var desk = Desk("0.1.0")) Assert.Null(await desk.LookAsync(CancellationToken.None));
        Assert.Equal(0, new FileInfo(folder.PartOf(manifest.Sha256)).Length);
    }

    [Fact]
    public async Task A_part_that_was_damaged_is_fetched_anew()
    {
        var manifest = Manifest("0.2.0");
        door.Offer(key, manifest);
        await File.WriteAllBytesAsync(folder.PartOf(manifest.Sha256), new byte[500]);
        using (var desk = Desk("0.1.0")) Assert.Null(await desk.LookAsync(CancellationToken.None));
        using (var desk = Desk("0.1.0")) Assert.Equal("0.2.0", await desk.LookAsync(CancellationToken.None));
    }

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private TrialTurn turn = new(0);

    private static string Own => System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";

    private UpdateDesk Desk(string running, TimeProvider? time = null) => new(options, folder, running, Quick, turn, door.Client, () => Now, () => true, time ?? TimeProvider.System, NullLogger.Instance) { Package = "0.2.0" };

    // A version that the hub sent before, and that proved itself.
    private async Task KeepAsync(string version)
    {
        door.Offer(key, Manifest(version));
        using (var desk = Desk("0.0.1")) await desk.LookAsync(CancellationToken.None);
        folder.Keep(version);
    }

    // A start at which nothing is offered, and updates are not asked for.
    private async Task OnceAsync(string running)
    {
        using var desk = new UpdateDesk(options, folder, running, Quick, turn, null, () => Now, () => true, TimeProvider.System, NullLogger.Instance);
        await desk.RunAsync(() => Well, CancellationToken.None);
        Assert.False(desk.Restart.IsCancellationRequested);
    }

    private async Task RunTrialAsync(string running, TrialSigns signs)
    {
        door.Offer(null, null);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var desk = Desk(running);
        var run = desk.RunAsync(() => signs, stop.Token);
        while (folder.Next is not null) await Task.Delay(20, stop.Token);
        await stop.CancelAsync();
        try
        {
            await run;
        }
        catch (OperationCanceledException)
        {
            // It goes on asking.
        }
    }

    private UpdateManifest Manifest(string version)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.NoCompression, leaveOpen: true))
        using (var tar = new TarWriter(packed))
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, UpdateArchive.Program) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(new string('x', 20_000) + version)) });
        door.Archive = bytes.ToArray();
        return new UpdateManifest(version, "any", Convert.ToHexStringLower(SHA256.HashData(door.Archive)), door.Archive.Length, false, 1_000, Now.AddDays(90).ToUnixTimeMilliseconds());
    }

    /// <summary>The hub's door as far as updates go; the real one is tested at the hub.</summary>
    private sealed class Door : HttpMessageHandler
    {
        private byte[]? envelope;

        public byte[] Archive { get; set; } = [];

        public int? CutAfter { get; set; }

        public int? SilentAfter { get; set; }

        public long From { get; private set; }

        public string Asked { get; private set; } = "";

        public HttpClient Client() => new(this, disposeHandler: false) { BaseAddress = new Uri("https://door.test/") };

        public void Offer(ECDsa? signer, UpdateManifest? manifest, string type = SignedBundle.UpdateType) => envelope = manifest is null ? null : SignedBundle.Sign(signer!, type, manifest.Write());

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Post)
            {
                Asked = request.RequestUri!.Query;
                return Task.FromResult(envelope is null ? new HttpResponseMessage(HttpStatusCode.NoContent) : new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(envelope) });
            }

            From = request.Headers.Range?.Ranges.Single().From ?? 0;
            var rest = Archive[(int)From..];
            var answer = new HttpResponseMessage(From > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK)
            {
                Content = SilentAfter is { } few ? new StreamContent(new SilentStream(rest[..few])) : new ByteArrayContent(CutAfter is { } most ? rest[..most] : rest),
            };
            if (From > 0) answer.Content.Headers.ContentRange = new ContentRangeHeaderValue(From, Archive.Length - 1, Archive.Length);
            return Task.FromResult(answer);
        }
    }
}
