using System.Text.Json;
using ThreeOneOne.Field.Agent.Health;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Profile;

/// <summary>
/// Which device profile is in force, on disk: one file, replaced whole, so that a power cut leaves the old state or the new one.
/// A trial is noted before its profile comes into force and closed after its outcome is durable.
/// </summary>
public sealed class DeviceProfileFile
{
    private readonly string path;

    private DeviceProfileFile(string path, string trial, HeldDeviceProfile held) => (this.path, TrialFile, Held) = (path, trial, held);

    /// <summary>The record of the trial (<see cref="Trial"/>).</summary>
    public string TrialFile { get; }

    public HeldDeviceProfile Held { get; private set; }

    /// <summary>The one that counts; null: the vehicle's own file alone.</summary>
    public DeviceProfile? InForce => Held.Trying ?? Held.Good;

    /// <summary>Reads the state of a data folder. A damaged one says that nothing is held: the hub sends it again.</summary>
    public static DeviceProfileFile Open(string dataFolder)
    {
        DurableFile.CreateFolder(dataFolder);
        var path = Path.Combine(dataFolder, "device-profile.json");
        HeldDeviceProfile? held = null;
        try
        {
            if (File.Exists(path)) held = JsonSerializer.Deserialize(File.ReadAllBytes(path), DeviceProfileJson.Default.HeldDeviceProfile);
        }
        catch (JsonException)
        {
            // Below.
        }

        return new DeviceProfileFile(path, Path.Combine(dataFolder, "device-profile-trial.json"), held ?? new HeldDeviceProfile());
    }

    /// <summary>Puts a profile into force on trial; it counts from the next reading of the settings on.</summary>
    /// <exception cref="IOException">The disk did not take it; the old one counts.</exception>
    public void Try(DeviceProfile profile, IEnumerable<string> workedBefore, TrialOptions limits)
    {
        Trial.Begin(TrialFile, $"device profile {profile.StateVersion}", workedBefore, limits);
        Write(Held with { Trying = profile, Judged = profile.StateVersion, Outcome = DeviceProfileOutcome.Trying, Reason = null });
    }

    /// <summary>A profile that changes no value is good as it stands, and so is one that proved itself.</summary>
    public void Keep(DeviceProfile profile)
    {
        Write(Held with { Good = profile, Trying = null, Judged = profile.StateVersion, Outcome = DeviceProfileOutcome.Applied, Reason = null });
        Trial.Close(TrialFile);
    }

    /// <summary>Never in force, because it does not fit.</summary>
    public void Refuse(long version, string reason) =>
        Write(Held with { Judged = version, Outcome = DeviceProfileOutcome.Refused, Reason = Short(reason) });

    /// <summary>The one on trial counts no longer; the last good one does.</summary>
    public void RollBack(string reason)
    {
        Write(Held with { Trying = null, Outcome = DeviceProfileOutcome.RolledBack, Reason = Short(reason) });
        Trial.Close(TrialFile);
    }

    private void Write(HeldDeviceProfile next)
    {
        DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(next, DeviceProfileJson.Default.HeldDeviceProfile));
        Held = next;
    }

    private static string Short(string reason) => reason.Length <= DeviceProfileReport.LongestReason ? reason : reason[..DeviceProfileReport.LongestReason];
}
