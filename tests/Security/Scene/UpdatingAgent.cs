using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ThreeOneOne.Field.Fleet.Demo;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Security.Scene;

/// <summary>The real agent of an enrolled vehicle whose door is <see cref="UpdateDoor"/>; its broker is nowhere.</summary>
public sealed class UpdatingAgent : IAsyncDisposable
{
    private const string Vehicle = "van-2";
    private const string Sequence = "sequence";

    private readonly TestCertificates certificates;
    private readonly ChildProcess process;

    private UpdatingAgent(TestCertificates certificates, UpdateDoor door, ChildProcess process, string home) =>
        (this.certificates, Door, this.process, Home) = (certificates, door, process, home);

    public UpdateDoor Door { get; }

    /// <summary>What releases are signed with.</summary>
    public ECDsa ReleaseKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public bool HasExited => process.HasExited;

    /// <summary>All that it may write.</summary>
    public string Home { get; }

    /// <summary>When the version was signed that it has proven, Unix milliseconds: an hour ago.</summary>
    public long ProvenSequence { get; private init; }

    /// <summary>Names in the folder of versions but for that note and downloads under way: none, as long as no version was taken.</summary>
    public IReadOnlyList<string> Versions => [.. Directory.EnumerateFileSystemEntries(Folder).Select(p => Path.GetFileName(p)).Where(n => n != Sequence && !n.EndsWith(".part", StringComparison.Ordinal))];

    private string Folder => Path.Combine(Home, "versions");

    public static async Task<UpdatingAgent> StartAsync(SecurityOptions options, Children children, CancellationToken stop)
    {
        var certificates = new TestCertificates();
        var door = await UpdateDoor.StartAsync(certificates.ServerFiles()).ConfigureAwait(false);
        var home = Directory.CreateDirectory(Path.Combine(options.Folder, Vehicle)).FullName;
        var identity = Directory.CreateDirectory(Path.Combine(home, "identity")).FullName;
        var tls = certificates.Client(Vehicle);
        File.Copy(tls.CaFile, Path.Combine(identity, "ca.crt"));
        File.Copy(tls.CertificateFile!, Path.Combine(identity, "vehicle.crt"));
        DemoFolder.WriteSecret(Path.Combine(identity, "vehicle.key"), await File.ReadAllTextAsync(tls.KeyFile!, stop).ConfigureAwait(false));
        await File.WriteAllTextAsync(Path.Combine(identity, "hub.json"), JsonSerializer.Serialize(new
        {
            vehicle = Vehicle, jurisdiction = SecurityScene.Jurisdiction, kind = "crewed", broker = new { host = "127.0.0.1", port = 1 }, door = new { host = "127.0.0.1", port = door.Port },
        }), stop).ConfigureAwait(false);
        var settings = Path.Combine(home, "field-agent.json");
        var keys = Path.Combine(home, "update-keys.pem");
        await File.WriteAllTextAsync(settings, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["Vehicle"] = new { Kind = "Crewed", Data = Path.Combine(home, "data"), Identity = identity },
            ["Console"] = new { Port = FreePort.Next() },
            ["Updates"] = new { KeysFile = keys, Folder = Path.Combine(home, "versions"), Minutes = 0.002, KeepFreeBytes = 10_000_000 },
        }), stop).ConfigureAwait(false);
        var proven = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds();
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(home, "versions")).FullName, Sequence), proven.ToString(CultureInfo.InvariantCulture), stop).ConfigureAwait(false);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(keys, key.ExportSubjectPublicKeyInfoPem() + "\n", stop).ConfigureAwait(false);
        var process = children.Start(Vehicle, Path.Combine(options.Folder, "updating-agent.log"), [SecurityHub.Dotnet, options.Agent, "run", "--config", settings]);
        var agent = new UpdatingAgent(certificates, door, process, home) { ProvenSequence = proven };
        agent.ReleaseKey.ImportPkcs8PrivateKey(key.ExportPkcs8PrivateKey(), out _);
        return agent;
    }

    public async ValueTask DisposeAsync()
    {
        await process.EndAsync(TimeSpan.FromSeconds(20)).ConfigureAwait(false);
        process.Dispose();
        await Door.DisposeAsync().ConfigureAwait(false);
        certificates.Dispose();
        ReleaseKey.Dispose();
    }
}
