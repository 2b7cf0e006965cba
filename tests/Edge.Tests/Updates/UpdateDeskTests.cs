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
        using var desk = new UpdateDesk(options, folder, "0.1.0", Quick, door.Client, () =>
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
    public async Task A_roll_back_that_says_so_may_be_older()
    {
        door.Offer(key, Manifest("0.1.0") with { RollBack = true });
        using var desk = Desk("0.2.0");
        Assert.Equal("0.1.0", await desk.LookAsync(CancellationToken.None));
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
    public async Task A_part_that_was_damaged_is_fetched_anew()
    {
        var manifest = Manifest("0.2.0");
        door.Offer(key, manifest);
        await File.WriteAllBytesAsync(folder.PartOf(manifest.Sha256), new byte[500]);
        using (var desk = Desk("0.1.0")) Assert.Null(await desk.LookAsync(CancellationToken.None));
        using (var desk = Desk("0.1.0")) Assert.Equal("0.2.0", await desk.LookAsync(CancellationToken.None));
    }

    private static string Own => System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";

    private UpdateDesk Desk(string running) => new(options, folder, running, Quick, door.Client, () => true, TimeProvider.System, NullLogger.Instance);

    private async Task RunTrialAsync(string running, TrialSigns signs)
    {
        door.Offer(null, null);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
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
        return new UpdateManifest(version, "any", Convert.ToHexStringLower(SHA256.HashData(door.Archive)), door.Archive.Length, false);
    }

    /// <summary>The hub's door as far as updates go; the real one is tested at the hub.</summary>
    private sealed class Door : HttpMessageHandler
    {
        private byte[]? envelope;

        public byte[] Archive { get; set; } = [];

        public int? CutAfter { get; set; }

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
            var answer = new HttpResponseMessage(From > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK) { Content = new ByteArrayContent(CutAfter is { } most ? rest[..most] : rest) };
            if (From > 0) answer.Content.Headers.ContentRange = new ContentRangeHeaderValue(From, Archive.Length - 1, Archive.Length);
            return Task.FromResult(answer);
        }
    }
}
