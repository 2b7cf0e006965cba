using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Health;
using ThreeOneOne.Field.Agent.Profile;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Updates;

/// <summary>
/// Brings the version on trial to its end, then asks the hub's door now and then for a newer one, fetches and unpacks it, and
/// asks for a start (<see cref="Restart"/>) when no shift is open. What is tried was signed by the release key, is newer than
/// what runs unless its manifest says roll-back, was signed no earlier than what was proven here last, has not expired, and has not
/// failed here before.
/// </summary>
/// <param name="options">Where and how often.</param>
/// <param name="folder">The versions.</param>
/// <param name="running">The version that runs.</param>
/// <param name="limits">Of the next trial.</param>
/// <param name="open">Opens the door; null when the vehicle has none.</param>
/// <param name="turn">Taken by one trial at a time.</param>
/// <param name="known">The time of day as far as it is known, UTC; never later than it is.</param>
/// <param name="mayRestart">False while a shift is open: a crew is not interrupted.</param>
/// <param name="time">Its time.</param>
/// <param name="log">What became of it.</param>
public sealed class UpdateDesk(
    UpdatesOptions options, VersionsFolder folder, string running, TrialOptions limits, TrialTurn turn, Func<HttpClient>? open, Func<DateTimeOffset> known, Func<bool> mayRestart,
    TimeProvider time, ILogger log) : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource restart = new();
    private string? refused;

    /// <summary>Cancelled when another version is to be started.</summary>
    public CancellationToken Restart => restart.Token;

    /// <summary>The package's own version; null without a launcher.</summary>
    internal string? Package { get; init; } = OwnVersion.OfPackage;

    /// <summary>Runs as <see cref="RunAsync"/> until stopped, and again after a disk that took nothing. Throws nothing: a vehicle goes on without updates.</summary>
    public async Task KeepAsync(Func<TrialSigns> look, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await RunAsync(look, stop).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.NotReached(e.Message);
            }

            await Task.Delay(First, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Runs until stopped or until <see cref="Restart"/>.</summary>
    /// <param name="look">The vehicle's health.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(Func<TrialSigns> look, CancellationToken stop)
    {
        if (await EndTrialAsync(look, stop).ConfigureAwait(false)) return;
        folder.TidyUp(running);
        if (options.Minutes == 0 || open is null) return;
        await Task.Delay(First < TimeSpan.FromMinutes(options.Minutes) ? First : TimeSpan.FromMinutes(options.Minutes), time, stop).ConfigureAwait(false);
        while (true)
        {
            if (await LookAsync(stop).ConfigureAwait(false) is { } version)
            {
                while (!mayRestart() || !turn.TryBegin()) await Task.Delay(Beat, time, stop).ConfigureAwait(false);
                Begin(version, look().Working);
                log.Ready(version);
                await restart.CancelAsync().ConfigureAwait(false);
                return;
            }

            await Task.Delay(TimeSpan.FromMinutes(options.Minutes), time, stop).ConfigureAwait(false);
        }
    }

    /// <summary>The program ends as asked.</summary>
    public void EndCleanly()
    {
        if (!restart.IsCancellationRequested && folder.Next == running) folder.EndCleanly();
    }

    public void Dispose() => restart.Dispose();

    /// <summary>Asks the door once and makes ready what it offers.</summary>
    /// <returns>The version that is whole on the disk and to be tried; null when there is none.</returns>
    internal async Task<string?> LookAsync(CancellationToken stop)
    {
        try
        {
            using var client = open!();
            if (await AskAsync(client, stop).ConfigureAwait(false) is not { } manifest) return null;
            if (folder.Has(manifest.Version))
            {
                if (manifest.RollBack && Package is { } package) folder.MayReplace(manifest.Version, package);
                folder.NoteSequence(manifest.Version, manifest.Sequence);
                return manifest.Version;
            }

            Outbox.DurableFile.CreateFolder(folder.Path);
            if (new DriveInfo(folder.Path).AvailableFreeSpace < options.KeepFreeBytes + (5 * manifest.Size)) throw new UpdateRefusedException("the disk has no room for it");
            var part = folder.PartOf(manifest.Sha256);
            // What was begun for another version is of no use now.
            foreach (var old in Directory.EnumerateFiles(folder.Path, "*.part").Where(p => p != part)) File.Delete(old);
            await new UpdateDownload(client, options.BytesPerSecond, time).FetchAsync(manifest, part, stop).ConfigureAwait(false);
            await using (var archive = File.OpenRead(part)) UpdateArchive.Unpack(archive, folder.FolderOf(manifest.Version), manifest.RollBack ? Package : null);
            File.Delete(part);
            folder.NoteSequence(manifest.Version, manifest.Sequence);
            return manifest.Version;
        }
        catch (Exception e) when (e is UpdateRefusedException or BundleRefusedException or FormatException)
        {
            refused = e.Message;
            log.Refused(e.Message);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or UnauthorizedAccessException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            log.NotReached(e.Message);
        }

        return null;
    }

    private void Begin(string version, IEnumerable<string> working)
    {
        try
        {
            if (version == folder.Current)
            {
                // The proven one needs no trial: only the package stood before it.
                folder.Raise(version);
            }
            else
            {
                Trial.Begin(folder.TrialFile, $"version {version}", working, limits);
                folder.Try(version);
            }

            // Last: before it nothing may end in another round without a start.
            folder.Ask(version);
        }
        catch
        {
            turn.End();
            throw;
        }
    }

    // The trial says what it came to; what the launcher took back is said already.
    private async Task<bool> EndTrialAsync(Func<TrialSigns> look, CancellationToken stop)
    {
        var trial = Trial.Resume(folder.TrialFile, time);
        if (folder.Next != running)
        {
            // The launcher went back, or the power went before the version was tried.
            var missed = folder.Asked is { } asked && asked != running ? asked : null;
            // Else it would be offered, and asked for, for ever.
            if (missed is not null && folder.Failed?.Version != missed) folder.TakeBack(missed, "a start did not bring it");
            if (folder.Failed is { } failed && (trial is not null || missed is not null)) log.TakenBack(failed.Version, failed.Reason);
            Trial.Close(folder.TrialFile);
            folder.Answer();
            return false;
        }

        var verdict = trial is null ? new TrialVerdict(TrialState.Unhealthy, "the record of the trial is gone") : await trial.RunAsync(look, stop).ConfigureAwait(false);
        if (verdict.State == TrialState.Unhealthy)
        {
            folder.TakeBack(running, verdict.Reason ?? "unhealthy");
            log.TakenBack(running, verdict.Reason ?? "unhealthy");
            await restart.CancelAsync().ConfigureAwait(false);
            return true;
        }

        folder.Keep(running);
        turn.End();
        folder.Answer();
        Trial.Close(folder.TrialFile);
        log.Proven(running);
        return false;
    }

    private async Task<UpdateManifest?> AskAsync(HttpClient client, CancellationToken stop)
    {
        var failed = folder.Failed;
        var query = $"vehicle/v1/update?running={running}{(failed is { } f ? $"&failed={f.Version}&reason={Uri.EscapeDataString(f.Reason)}" : "")}{(refused is { } r ? $"&refused={Uri.EscapeDataString(r)}" : "")}";
        using var answer = await client.PostAsync(new Uri(query, UriKind.Relative), null, stop).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        refused = null;
        if (answer.StatusCode == HttpStatusCode.NoContent) return null;
        await answer.Content.LoadIntoBufferAsync(SignedBundle.MaxBytes, stop).ConfigureAwait(false);
        var manifest = Open(await answer.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false));
        if (manifest.Version == running || manifest.Version == failed?.Version) return null;
        if (manifest.Architecture is not "any" && manifest.Architecture != OwnArchitecture) throw new UpdateRefusedException($"version {manifest.Version} is for {manifest.Architecture}");
        if (UpdateManifest.Compare(manifest.Version, running) < 0 && !manifest.RollBack) throw new UpdateRefusedException($"version {manifest.Version} is older than {running}");
        if (manifest.Sequence < folder.Sequence)
            throw new UpdateRefusedException($"version {manifest.Version} was signed on {Day(manifest.Sequence)}, before what this vehicle proved last ({Day(folder.Sequence)}): it must be signed anew");
        if (manifest.ExpiresMs <= known().ToUnixTimeMilliseconds()) throw new UpdateRefusedException($"version {manifest.Version} has expired on {Day(manifest.ExpiresMs)}: it must be signed anew");
        return manifest;
    }

    private static string Day(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private UpdateManifest Open(byte[] envelope)
    {
        var trusted = new ProfileKeys(options.KeysFile).Read();
        try
        {
            return UpdateManifest.Read(SignedBundle.Open(envelope, SignedBundle.UpdateType, trusted));
        }
        finally
        {
            foreach (var key in trusted) key.Dispose();
        }
    }

    private static string OwnArchitecture => RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => "amd64", Architecture.Arm64 => "arm64", _ => "none" };
}
