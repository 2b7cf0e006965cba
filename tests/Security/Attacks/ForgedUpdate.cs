using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ThreeOneOne.Field.Security.Scene;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>
/// A door in a stranger's hands offers an agent updates that nobody signed whom it believes, that were changed after they were signed, that
/// are older than what runs, were signed long ago and recorded, or whose archive is another or leads out of its folder. The control is a manifest that was signed rightly: its
/// archive is fetched, and is none, so that the others find the same program.
/// </summary>
public sealed class ForgedUpdate : IAttack
{
    private int versions;

    public string Name => "forged, replayed and downgraded updates";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        var agent = await scene.UpdatingAgentAsync(stop).ConfigureAwait(false);
        var before = agent.Door.Fetched;
        var archive = RandomNumberGenerator.GetBytes(1_000);
        await agent.Door.OfferAsync(Offer(agent, Manifest(archive, Newer()), archive)).ConfigureAwait(false);
        await agent.Door.OfferAsync(null).ConfigureAwait(false);
        return agent.Door.Fetched > before ? null : $"a manifest that was signed rightly is refused: {agent.Door.Refused}";
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var agent = await scene.UpdatingAgentAsync(stop).ConfigureAwait(false);
        var (tried, let) = (0, 0);
        List<string> found = [];
        async Task TryAsync(string what, byte[] envelope, bool mayFetch = false)
        {
            tried++;
            var (fetched, beside) = (agent.Door.Fetched, Outside(scene));
            await agent.Door.OfferAsync(envelope).ConfigureAwait(false);
            // What it looked at before it is told of another.
            await agent.Door.OfferAsync(null).ConfigureAwait(false);
            if ((mayFetch || agent.Door.Fetched == fetched) && agent.Versions.Count == 0 && Outside(scene) == beside && !agent.HasExited) return;
            let++;
            found.Add(what);
        }

        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var archive = Archive(("field-agent.dll", TarEntryType.RegularFile, null));
        var right = Encoding.UTF8.GetString(Offer(agent, Manifest(archive, Older()), archive));
        var payload = JsonDocument.Parse(right).RootElement.GetProperty("payload").GetString()!;
        string Other() => Convert.ToBase64String(Manifest(archive, Newer()).Write());
        var strangers = Encoding.UTF8.GetString(SignedBundle.Sign(stranger, SignedBundle.UpdateType, Manifest(archive, Newer()).Write()));
        await TryAsync("a stranger's", Encoding.UTF8.GetBytes(strangers)).ConfigureAwait(false);
        await TryAsync("a stranger's under the name of the key", Encoding.UTF8.GetBytes(strangers.Replace(SignedBundle.KeyId(stranger), SignedBundle.KeyId(agent.ReleaseKey), StringComparison.Ordinal))).ConfigureAwait(false);
        await TryAsync("changed after it was signed", Encoding.UTF8.GetBytes(right.Replace(payload, Other(), StringComparison.Ordinal))).ConfigureAwait(false);
        await TryAsync("a damaged signature", Encoding.UTF8.GetBytes(right.Replace(payload, Other(), StringComparison.Ordinal).Replace("\"sig\":\"", "\"sig\":\"AAAA", StringComparison.Ordinal))).ConfigureAwait(false);
        await TryAsync("no signature", Encoding.UTF8.GetBytes($$"""{"payloadType":"{{SignedBundle.UpdateType}}","payload":"{{Other()}}","signatures":[]}""")).ConfigureAwait(false);
        await TryAsync("no envelope", Manifest(archive, Newer()).Write()).ConfigureAwait(false);
        await TryAsync("a profile's type", SignedBundle.Sign(agent.ReleaseKey, SignedBundle.ProfileType, Manifest(archive, Newer()).Write())).ConfigureAwait(false);
        await TryAsync("an older version", Encoding.UTF8.GetBytes(right)).ConfigureAwait(false);
        // Long enough ago that a vehicle knows it without a clock that it believes.
        await TryAsync("one that has expired", Offer(agent, Manifest(archive, Newer()) with { ExpiresMs = agent.ProvenSequence - 10L * 365 * 86_400_000 }, archive)).ConfigureAwait(false);
        // As a city signed it once: before the version that this vehicle has proven since.
        await TryAsync("a roll-back from before", Offer(agent, Manifest(archive, Older()) with { RollBack = true, Sequence = agent.ProvenSequence - 1 }, archive)).ConfigureAwait(false);
        await TryAsync("a newer version from before", Offer(agent, Manifest(archive, Newer()) with { Sequence = agent.ProvenSequence - 1 }, archive)).ConfigureAwait(false);
        var foreign = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "arm64" : "amd64";
        await TryAsync("another computer's", Offer(agent, Manifest(archive, Newer()) with { Architecture = foreign }, archive)).ConfigureAwait(false);
        foreach (var version in (string[])["../../evil", "..", "1.0", "99.0.0/../../evil", "99.0.0\0", "99.99.999999"])
            await TryAsync("a version named " + version, Offer(agent, Manifest(archive, version), archive)).ConfigureAwait(false);
        await TryAsync("a hash that leads elsewhere", Offer(agent, Manifest(archive, Newer()) with { Sha256 = "../../" + new string('a', 58) }, archive)).ConfigureAwait(false);

        // Signed rightly; what comes is another, or was packed by somebody hostile.
        var promised = Manifest(RandomNumberGenerator.GetBytes(archive.Length), Newer());
        agent.Door.Keep(promised.Sha256, archive);
        await TryAsync("another archive", SignedBundle.Sign(agent.ReleaseKey, SignedBundle.UpdateType, promised.Write()), mayFetch: true).ConfigureAwait(false);
        var longer = Manifest(archive, Newer()) with { Size = archive.Length - 1 };
        await TryAsync("a longer archive", Offer(agent, longer, archive), mayFetch: true).ConfigureAwait(false);
        foreach (var (name, type, link) in ((string, TarEntryType, string?)[])
        [
            ("../evil", TarEntryType.RegularFile, null), ("../../evil", TarEntryType.RegularFile, null), ("a/../../evil", TarEntryType.RegularFile, null), (Path.Combine(agent.Home, "evil"), TarEntryType.RegularFile, null),
            ("evil", TarEntryType.SymbolicLink, agent.Home), ("evil", TarEntryType.HardLink, "/etc/passwd"), ("evil", TarEntryType.Fifo, null), ("evil", TarEntryType.CharacterDevice, null),
        ])
        {
            var hostile = Archive(("field-agent.dll", TarEntryType.RegularFile, null), (name, type, link));
            await TryAsync($"{type} {name}", Offer(agent, Manifest(hostile, Newer()), hostile), mayFetch: true).ConfigureAwait(false);
        }

        return new Tally(tried, let, agent.HasExited ? 1 : 0, string.Join(", ", found.Take(3)));
    }

    private string Newer() => "99.0." + (++versions).ToString(CultureInfo.InvariantCulture);

    private string Older() => "0.0." + (++versions).ToString(CultureInfo.InvariantCulture);

    private static UpdateManifest Manifest(byte[] archive, string version) => new(version, "any", Convert.ToHexStringLower(SHA256.HashData(archive)), archive.Length, RollBack: false, Now, Now + 86_400_000);

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private static byte[] Offer(UpdatingAgent agent, UpdateManifest manifest, byte[] archive)
    {
        agent.Door.Keep(manifest.Sha256, archive);
        return SignedBundle.Sign(agent.ReleaseKey, SignedBundle.UpdateType, manifest.Write());
    }

    private static int Outside(SecurityScene scene) => Directory.EnumerateFileSystemEntries(scene.Options.Folder, "evil", SearchOption.AllDirectories).Count();

    private static byte[] Archive(params (string Name, TarEntryType Type, string? Link)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(packed, TarEntryFormat.Pax))
        {
            foreach (var (name, type, link) in entries)
            {
                var entry = new PaxTarEntry(type, name);
                if (link is not null) entry.LinkName = link;
                if (type == TarEntryType.RegularFile) entry.DataStream = new MemoryStream(RandomNumberGenerator.GetBytes(100));
                tar.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }
}
