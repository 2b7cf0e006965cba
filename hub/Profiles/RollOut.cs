using System.Security.Cryptography;
using System.Text;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>
/// A roll-out of profiles, stage after stage: state and pure transitions. The next stage opens when every vehicle of the last one
/// has proved its profile for the soak time, or is among the few that may be unwell; more of those, and it stops for good.
/// </summary>
/// <param name="Version">Unix milliseconds; of a later roll-out higher.</param>
/// <param name="State">How it stands.</param>
/// <param name="Stages">Percent of its vehicles that may have it, rising to 100.</param>
/// <param name="Stage">The stage that is open, from 0.</param>
/// <param name="StageSince">When it opened.</param>
/// <param name="Vehicles">The vehicles that it changes.</param>
/// <param name="Reason">Why it stopped.</param>
public sealed record RollOut(
    long Version, RollOutState State, IReadOnlyList<int> Stages, int Stage, DateTimeOffset StageSince, IReadOnlyList<RollOutVehicle> Vehicles, string? Reason = null)
{
    private const int MostNamed = 5;

    /// <summary>Vehicles that may have it now.</summary>
    public IEnumerable<RollOutVehicle> Open => Vehicles.Where(v => v.Stage <= Stage);

    /// <summary>Begins one: the named canaries come first, then the others in an order that the version fixes.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="vehicles">Vehicles that it changes; at least one.</param>
    /// <param name="stages">Percent, rising, the last 100. A stage has at least one vehicle more than the one before, while there are any.</param>
    /// <param name="canaries">Vehicles of the first stage; it grows when they are more than its share.</param>
    /// <param name="now">When.</param>
    public static RollOut Begin(long version, IReadOnlyCollection<string> vehicles, IReadOnlyList<int> stages, IReadOnlyList<string> canaries, DateTimeOffset now)
    {
        var order = vehicles.Order(StringComparer.Ordinal)
            .OrderBy(v => canaries.Contains(v) ? 0 : 1)
            .ThenBy(v => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{version}:{v}"))), StringComparer.Ordinal)
            .ToList();
        List<RollOutVehicle> placed = [];
        for (var stage = 0; stage < stages.Count; stage++)
        {
            var upTo = Math.Max(placed.Count + 1, (int)Math.Ceiling(order.Count * stages[stage] / 100.0));
            if (stage == 0) upTo = Math.Max(upTo, order.Count(canaries.Contains));
            while (placed.Count < Math.Min(upTo, order.Count)) placed.Add(new RollOutVehicle(order[placed.Count], stage));
        }

        return new RollOut(version, RollOutState.Running, [.. stages], 0, now, placed);
    }

    /// <summary>The same after a vehicle said how it is; of another version it says nothing here.</summary>
    public RollOut Heard(string vehicle, DeviceProfileReport report, DateTimeOffset now)
    {
        if (report.Judged != Version) return this;
        var outcome = report.Outcome switch
        {
            DeviceProfileOutcome.Trying => RollOutOutcome.Trying,
            DeviceProfileOutcome.Applied => RollOutOutcome.Applied,
            DeviceProfileOutcome.Refused => RollOutOutcome.Refused,
            DeviceProfileOutcome.RolledBack => RollOutOutcome.RolledBack,
            _ => RollOutOutcome.Unknown,
        };
        return this with
        {
            Vehicles = [.. Vehicles.Select(v => v.Vehicle != vehicle || outcome == RollOutOutcome.Unknown || v.Outcome == outcome ? v
                : v with { Outcome = outcome, Since = now, Reason = outcome is RollOutOutcome.Refused or RollOutOutcome.RolledBack ? report.Reason : null })],
        };
    }

    /// <summary>The same a moment later: perhaps another stage is open, or it has stopped.</summary>
    public RollOut Step(DateTimeOffset now, RollOutLimits limits)
    {
        if (State != RollOutState.Running) return this;
        var open = Open.ToList();
        var silent = now - StageSince >= limits.Silent;
        // Who was left behind by an earlier stage stays so until it is heard.
        bool IsUnwell(RollOutVehicle v) => v.IsBad || (v.Outcome != RollOutOutcome.Applied && (silent || v.Stage < Stage));
        var unwell = open.Where(IsUnwell).ToList();
        if (unwell.Count > limits.MostUnwell * open.Count)
        {
            var named = string.Join("; ", unwell.Take(MostNamed).Select(v => $"{v.Vehicle}: {v.Reason ?? "silent"}"));
            var more = unwell.Count > MostNamed ? $"; and {unwell.Count - MostNamed} more" : "";
            return this with { State = RollOutState.Stopped, Reason = $"{unwell.Count} of {open.Count} vehicles are unwell: {named}{more}" };
        }

        var proven = open.Where(v => !unwell.Contains(v)).ToList();
        if (proven.Any(v => v.Outcome != RollOutOutcome.Applied || now - v.Since < limits.Soak)) return this;
        return Stage + 1 < Stages.Count && Vehicles.Any(v => v.Stage > Stage)
            ? this with { Stage = Vehicles.Where(v => v.Stage > Stage).Min(v => v.Stage), StageSince = now }
            : this with { State = RollOutState.Done };
    }
}
