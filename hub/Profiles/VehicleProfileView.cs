using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>How a vehicle stands to its device profile.</summary>
/// <param name="Vehicle">Its id.</param>
/// <param name="Meant">Version that it should have; null: none.</param>
/// <param name="InForce">Version that it says it has; 0: none.</param>
/// <param name="Drift">How the two differ.</param>
/// <param name="Stage">Its stage in the newest roll-out, from 1; null: not part of it.</param>
/// <param name="Outcome">How far it is in it.</param>
/// <param name="Reason">Why it was refused or rolled back, or what its trial lacks.</param>
/// <param name="Local">Keys that are set on the vehicle itself.</param>
/// <param name="Foreign">Bundles that it refused as none of its own since its start.</param>
/// <param name="LastForeign">Why the last of them.</param>
/// <param name="LastSeen">When anything was heard of it.</param>
public sealed record VehicleProfileView(
    string Vehicle, long? Meant, long InForce, ProfileDrift Drift, int? Stage, RollOutOutcome? Outcome, string? Reason, IReadOnlyList<string> Local, long Foreign, string? LastForeign,
    DateTimeOffset? LastSeen)
{
    public static VehicleProfileView Of(string vehicle, MeantProfile? meant, RollOutVehicle? placed, VehicleState state)
    {
        var report = state.Status?.DeviceProfile;
        var drift = report is null ? (meant is null ? ProfileDrift.None : ProfileDrift.Unheard)
            : report.Version != (meant?.Version ?? 0) ? ProfileDrift.Version
            : meant is not null && report.Hash != meant.Settings.Digest ? ProfileDrift.Values
            : ProfileDrift.None;
        return new VehicleProfileView(
            vehicle, meant?.Version, report?.Version ?? 0, drift, placed?.Stage + 1, placed?.Outcome,
            // What a vehicle said of the profile before says nothing of the one that it waits for.
            placed?.Reason ?? (placed?.Outcome == RollOutOutcome.Waiting ? null : report?.Reason), report?.Local ?? [], report?.Foreign ?? 0, report?.LastForeign,
            state.LastSeen);
    }
}
