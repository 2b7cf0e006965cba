using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Health;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Profile;

/// <summary>
/// Takes signed device profiles and brings them into force: checked against this vehicle before, tried after, kept or rolled
/// back by the vehicle's own health, and said to the hub. A change of force asks for the agent to be built anew
/// (<see cref="Rebuild"/>): what it runs with afterwards comes from the disk, by the same way as after a power cut.
/// </summary>
/// <param name="file">What is in force.</param>
/// <param name="trial">The trial that this start goes on with; null: none.</param>
/// <param name="keys">Whom to believe.</param>
/// <param name="own">This vehicle and its jurisdiction.</param>
/// <param name="fit">Judges a profile without opening anything.</param>
/// <param name="limits">Limits of the next trial.</param>
/// <param name="turn">Taken by one trial at a time.</param>
/// <param name="time">Its time.</param>
/// <param name="log">What became of bundles; of those that are none of this vehicle's, each reason once.</param>
public sealed class DeviceProfileDesk(
    DeviceProfileFile file, Trial? trial, ProfileKeys keys, Topic own, Func<DeviceProfile?, DeviceProfileFit> fit, TrialOptions limits, TrialTurn turn, TimeProvider time,
    ILogger log) : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Channel<DeviceProfile> candidates = Channel.CreateBounded<DeviceProfile>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly CancellationTokenSource rebuild = new();
    private readonly HashSet<string> said = [];
    private readonly long started = time.GetTimestamp();
    private DeviceProfileFit inForce = fit(file.InForce);
    private long foreign;
    private string? lastForeign;
    private string? lacking;

    /// <summary>What the hub should know has changed.</summary>
    public event Action? Changed;

    /// <summary>Cancelled when the agent must be built anew, because another profile is in force.</summary>
    public CancellationToken Rebuild => rebuild.Token;

    public DeviceProfileReport Report => new()
    {
        Version = file.InForce?.StateVersion ?? 0,
        Judged = file.Held.Judged,
        Outcome = file.Held.Judged == 0 ? null : file.Held.Outcome,
        Reason = file.Held.Outcome == DeviceProfileOutcome.Trying ? Volatile.Read(ref lacking) : file.Held.Reason,
        Hash = inForce.Hash,
        Local = inForce.Local.Count == 0 ? null : [.. inForce.Local.Take(DeviceProfileReport.MostLocal)],
        Foreign = Interlocked.Read(ref foreign),
        LastForeign = Volatile.Read(ref lastForeign),
    };

    /// <summary>Takes what came on <see cref="Lane.DeviceProfile"/>, from whomever.</summary>
    public void Take(ReadOnlyMemory<byte> message)
    {
        DeviceProfile profile;
        try
        {
            profile = Open(message);
        }
        catch (BundleRefusedException e)
        {
            CountForeign(e.Fault.ToString(), e.Message);
            return;
        }
        catch (Exception e) when (e is JsonException or WireFormatException)
        {
            CountForeign("Content", "its content is no device profile");
            return;
        }

        if (profile.Vehicle != own.Vehicle || profile.Jurisdiction != own.Jurisdiction) CountForeign("Target", $"it is for {Printable(profile.Vehicle)} of {Printable(profile.Jurisdiction)}");
        else if (profile.StateVersion < file.Held.Judged) CountForeign("Older", $"version {profile.StateVersion} is older than {file.Held.Judged}");
        else if (profile.StateVersion > file.Held.Judged) candidates.Writer.TryWrite(profile);
        // What was judged is sent again until the hub has heard so.
        else Changed?.Invoke();
    }

    /// <summary>Brings the trial to its end, then takes profiles into trial; ends when <see cref="Rebuild"/> is due.</summary>
    /// <exception cref="IOException">The disk takes nothing; what is in force stays, and the hub sends again.</exception>
    public async Task RunAsync(Func<TrialSigns> look, CancellationToken stop)
    {
        if (trial is not null && file.Held.Trying is { } tried)
        {
            var verdict = await trial.RunAsync(() => Watched(look()), stop).ConfigureAwait(false);
            if (verdict.State == TrialState.Unhealthy)
            {
                log.RolledBack(tried.StateVersion, verdict.Reason!);
                file.RollBack(verdict.Reason!);
                await rebuild.CancelAsync().ConfigureAwait(false);
                return;
            }

            file.Keep(tried);
            turn.End();
            log.Applied(tried.StateVersion);
            Changed?.Invoke();
        }

        await foreach (var candidate in candidates.Reader.ReadAllAsync(stop).ConfigureAwait(false))
        {
            var profile = candidate;
            // What works can be told only after a while.
            var settled = TimeSpan.FromSeconds(limits.SettleSeconds) - time.GetElapsedTime(started);
            if (settled > TimeSpan.Zero) await Task.Delay(settled, time, stop).ConfigureAwait(false);
            while (!turn.TryBegin()) await Task.Delay(Beat, time, stop).ConfigureAwait(false);
            // A newer one may have come meanwhile.
            if (candidates.Reader.TryRead(out var newer)) profile = newer;
            var isBegun = false;
            try
            {
                isBegun = profile.StateVersion > file.Held.Judged && Begin(profile, look());
            }
            finally
            {
                if (!isBegun) turn.End();
            }

            if (isBegun)
            {
                await rebuild.CancelAsync().ConfigureAwait(false);
                return;
            }

            Changed?.Invoke();
        }
    }

    public void Dispose() => rebuild.Dispose();

    /// <returns>True when another profile is in force.</returns>
    private bool Begin(DeviceProfile profile, TrialSigns now)
    {
        var fitting = fit(profile);
        if (fitting.Faults.Count > 0)
        {
            var reason = string.Join("; ", fitting.Faults);
            log.DoesNotFit(profile.StateVersion, reason);
            file.Refuse(profile.StateVersion, reason);
            return false;
        }

        if (Same(profile, file.InForce))
        {
            file.Keep(profile);
            return false;
        }

        log.Trying(profile.StateVersion);
        file.Try(profile, now.Working.Intersect(fitting.Sources), limits);
        return true;
    }

    private DeviceProfile Open(ReadOnlyMemory<byte> message)
    {
        byte[] envelope;
        try
        {
            envelope = WireCodec.Decode(message).ToArray();
        }
        catch (WireFormatException e)
        {
            throw new BundleRefusedException(e.Fault == WireFault.Oversized ? BundleFault.TooLarge : BundleFault.Malformed, e.Message, e);
        }

        var trusted = keys.Read();
        try
        {
            var profile = JsonSerializer.Deserialize(SignedBundle.Open(envelope, SignedBundle.ProfileType, trusted), WireJson.Default.DeviceProfile);
            return profile is { Settings.ValueKind: JsonValueKind.Object } ? profile : throw new JsonException("no settings");
        }
        finally
        {
            foreach (var key in trusted) key.Dispose();
        }
    }

    private TrialSigns Watched(TrialSigns signs)
    {
        var reason = trial!.Judge(signs).Reason;
        if (reason != Volatile.Read(ref lacking))
        {
            Volatile.Write(ref lacking, reason);
            Changed?.Invoke();
        }

        return signs;
    }

    private void CountForeign(string kind, string reason)
    {
        Interlocked.Increment(ref foreign);
        Volatile.Write(ref lastForeign, reason);
        lock (said)
        {
            // Who floods the vehicle fills neither its log nor its line.
            if (!said.Add(kind)) return;
        }

        log.Foreign(kind, reason);
        Changed?.Invoke();
    }

    private static bool Same(DeviceProfile one, DeviceProfile? other) =>
        other is not null && SettingsDigest.Of(SettingsDigest.Leaves(one.Settings)) == SettingsDigest.Of(SettingsDigest.Leaves(other.Settings));

    // It was signed, and still is somebody else's text.
    private static string Printable(string id) => Identifier.IsValid(id) ? id : "another";
}
