using System.Security.Cryptography;
using System.Text;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Updates;

/// <summary>
/// <c>field-hub update</c>: <c>key</c> and <c>sign</c> run anywhere, with the release key's file; the others beside the hub, which may run.
/// </summary>
public static class UpdateCommand
{
    private const int Wrong = 2;
    private const int Failed = 1;
    private const int Days = 90;
    private const int MostDays = 3650;
    private const string Usage = """
        field-hub update key FILE                        make a release key and FILE.pub, which vehicles get as update-keys.pem
        field-hub update sign ARCHIVE --key FILE --version V [--architecture any|arm64|amd64] [--roll-back yes] [--days 90]
                                                         write ARCHIVE.update, good for so many days; runs anywhere but on the hub.
                                                         --roll-back yes: also in the place of a newer version. Sign anew to go back
                                                         to a version that was published before: vehicles take no older signature
        field-hub update publish ARCHIVE                 bring ARCHIVE and ARCHIVE.update to the hub; offered to nobody yet
        field-hub update offer VERSION --share 5         to 5 % of the fleet (then 25, then 100), beside named ones
        field-hub update offer VERSION --to ID,ID        to vehicles by name
        field-hub update stop VERSION                    to nobody any more; what took it keeps it
        field-hub update status                          what is published, and what each vehicle runs
        """;

    /// <param name="args">Arguments of the program, beginning with update.</param>
    /// <param name="read">Reads the settings among them; null when they cannot be used, after saying why.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Words for people.</param>
    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, Func<IReadOnlyList<string>, (StorageOptions Storage, UpdatesOptions Updates)?> read, TextWriter output, TextWriter error)
    {
        var parsed = CommandArguments.Parse(args, "key", "version", "architecture", "roll-back", "days", "share", "to");
        if (parsed is null || !parsed.TryNumber("share", out var share) || share is < 0 or > 100 || !parsed.TryNumber("days", out var days) || days is < 1 or > MostDays) return await RefuseAsync(error).ConfigureAwait(false);
        try
        {
            switch (parsed.Words)
            {
                case ["update", "key", var file]:
                    await output.WriteLineAsync($"{file} (keep it off the hub) and {file}.pub; key {ReleaseKey.Make(file)}").ConfigureAwait(false);
                    return 0;
                case ["update", "sign", var archive]:
                    return await SignAsync(parsed, archive, days ?? Days, output, error).ConfigureAwait(false);
                case ["update", "publish" or "offer" or "stop", _] or ["update", "status"]:
                    return read(parsed.Settings) is { } settings ? await BesideAsync(parsed, share, settings.Storage, settings.Updates, output, error).ConfigureAwait(false) : Wrong;
                default:
                    return await RefuseAsync(error).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException or FormatException)
        {
            await error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return Failed;
        }
    }

    private static async Task<int> RefuseAsync(TextWriter error)
    {
        await error.WriteLineAsync(Usage).ConfigureAwait(false);
        return Wrong;
    }

    private static async Task<int> SignAsync(CommandArguments parsed, string archive, int days, TextWriter output, TextWriter error)
    {
        if (parsed.Text("key") is not { Length: > 0 } key || parsed.Text("version") is not { } version || parsed.Text("roll-back") is not (null or "" or "yes")) return await RefuseAsync(error).ConfigureAwait(false);
        await using var file = File.OpenRead(archive);
        var now = TimeProvider.System.GetUtcNow();
        var architecture = parsed.Text("architecture") is { Length: > 0 } named ? named : "any";
        var manifest = new UpdateManifest(version, architecture, Convert.ToHexStringLower(await SHA256.HashDataAsync(file).ConfigureAwait(false)), file.Length, parsed.Text("roll-back") == "yes",
            now.ToUnixTimeMilliseconds(), now.AddDays(days).ToUnixTimeMilliseconds());
        // What no vehicle would read is not signed.
        UpdateManifest.Read(manifest.Write());
        await File.WriteAllBytesAsync(archive + ".update", ReleaseKey.Sign(key, manifest)).ConfigureAwait(false);
        await output.WriteLineAsync($"{archive}.update: version {version}{(manifest.RollBack ? " as a roll-back" : "")}, {architecture}, good until {now.AddDays(days):yyyy-MM-dd}, sha256 {manifest.Sha256}").ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> BesideAsync(CommandArguments parsed, int? share, StorageOptions storage, UpdatesOptions options, TextWriter output, TextWriter error)
    {
        if (DataFolder.RootFault(storage, Environment.IsPrivilegedProcess) is { } fault) throw new InvalidOperationException(fault);
        using var none = new ReactionCatalogue([]);
        await using var database = new Database(storage, none, [], TimeProvider.System);
        switch (parsed.Words)
        {
            case ["update", "publish", var archive]:
                return await PublishAsync(archive, storage, options, database, output).ConfigureAwait(false);
            case ["update", "offer", var version]:
                var vehicles = (parsed.Text("to") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                if (share is null && vehicles.Length == 0) return await RefuseAsync(error).ConfigureAwait(false);
                if (await database.WriteAsync(s => UpdateStore.Offer(s, version, share, vehicles), WritePriority.Interactive, default).ConfigureAwait(false)) return 0;
                throw new InvalidOperationException($"there is no version {version}: field-hub update status");
            case ["update", "stop", var version]:
                if (await database.WriteAsync(s => UpdateStore.Stop(s, version, "stopped by hand"), WritePriority.Interactive, default).ConfigureAwait(false)) return 0;
                throw new InvalidOperationException($"there is no version {version} that could be stopped: field-hub update status");
            default:
                return await StatusAsync(database, output).ConfigureAwait(false);
        }
    }

    private static async Task<int> PublishAsync(string archive, StorageOptions storage, UpdatesOptions options, Database database, TextWriter output)
    {
        if (options.KeysFile.Length == 0) throw new InvalidOperationException("Updates:KeysFile = '': expected the file of the public release keys");
        if (new FileInfo(archive + ".update").Length > SignedBundle.MaxBytes) throw new InvalidOperationException($"{archive}.update is too long");
        var envelope = await File.ReadAllBytesAsync(archive + ".update").ConfigureAwait(false);
        var manifest = ReleaseKey.Open(envelope, options.KeysFile);
        // No vehicle would take it.
        if (manifest.ExpiresMs <= TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()) throw new InvalidOperationException($"{archive}.update has expired: sign it anew");
        new UpdateFiles(storage).Keep(archive, manifest);
        var taken = await database.WriteAsync(
            s => UpdateStore.Publish(s, manifest.Version, manifest.Sha256, manifest.Size, Encoding.UTF8.GetString(envelope)), WritePriority.Interactive, default).ConfigureAwait(false);
        if (!taken) throw new InvalidOperationException($"version {manifest.Version} was published with other content: give this one another number");
        await output.WriteLineAsync($"Version {manifest.Version} is published; field-hub update offer {manifest.Version} --share 5 begins the roll-out.").ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> StatusAsync(Database database, TextWriter output)
    {
        var (updates, reports) = await database.ReadAsync(c => (UpdateStore.All(c), UpdateStore.Reports(c)), default).ConfigureAwait(false);
        foreach (var update in updates)
        {
            var failed = reports.Count(r => r.Failed == update.Version);
            var state = update.Stopped is { } why ? $"stopped: {why}" : update.OfferedMs is null ? "offered to nobody" : $"offered to {update.Share} %";
            await output.WriteLineAsync($"{update.Version}\t{state}\trunning on {reports.Count(r => r.Running == update.Version)}, taken back by {failed}").ConfigureAwait(false);
        }

        foreach (var report in reports)
        {
            var trouble = report.Failed is { } version ? $"\ttook {version} back: {report.Reason}" : "";
            await output.WriteLineAsync($"{report.Vehicle}\t{report.Running}\t{Instant.From(report.SeenMs):yyyy-MM-dd HH:mm} UTC{trouble}{(report.Refused is { } r ? $"\trefused: {r}" : "")}").ConfigureAwait(false);
        }

        return 0;
    }
}
