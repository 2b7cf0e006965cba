using System.Globalization;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Fleet;

/// <summary>Says of each vehicle how it is and why somebody should look at it, the gravest reason first.</summary>
public sealed class FleetJudge(FleetOptions options)
{
    /// <param name="vehicle">As registered.</param>
    /// <param name="state">What the hub heard of it.</param>
    /// <param name="health">Its newest word; null for none.</param>
    /// <param name="certificate">End of its last good certificate; null without one.</param>
    /// <param name="revoked">True when all its certificates were revoked.</param>
    /// <param name="now">The hub's clock.</param>
    public FleetUnit Look(Vehicle vehicle, VehicleState state, KeptHealth? health, DateTimeOffset? certificate, bool revoked, DateTimeOffset now)
    {
        var status = state.Status;
        var onShift = status?.Shift is ShiftState.On or ShiftState.Break or ShiftState.CallOut;
        return new FleetUnit(
            vehicle.Id, vehicle.Name, state.Online ? FleetUnit.Online : state.LastSeen is null ? FleetUnit.Never : FleetUnit.Silent, state.LastSeen, onShift, status?.AgentVersion,
            status?.Unsent ?? health?.Health.Unsent ?? 0, status?.UnsentActions ?? health?.Health.UnsentActions ?? 0, status?.UnsentFileBytes ?? 0, status?.OldestUnsent,
            status?.Offline?.Days, certificate, health?.At, health?.Clock, health?.Health, [.. Reasons()]);

        IEnumerable<FleetReason> Reasons()
        {
            // One that was taken out of service on purpose needs nobody.
            if (revoked)
            {
                yield return new("no-certificate", "its certificates are revoked: it is locked out until it is enrolled again");
                yield break;
            }

            var silent = state is { Online: false, LastSeen: { } seen } ? now - seen : (TimeSpan?)null;
            if (onShift && silent >= TimeSpan.FromMinutes(options.SilentOnShiftMinutes)) yield return new("silent-on-shift", $"not heard for {Say(silent.Value)} with a shift open");
            else if (silent >= TimeSpan.FromHours(options.SilentHours)) yield return new("silent", $"not heard for {Say(silent.Value)}");
            if (state.LastSeen is null) yield return new("never-heard", "never heard of");
            if (certificate is null && state.LastSeen is not null) yield return new("no-certificate", "has no certificate of this hub");
            if (certificate is { } ends && ends - now < TimeSpan.FromDays(options.CertificateDays))
                yield return new("certificate", ends <= now ? $"its certificate ended on {ends:yyyy-MM-dd}" : $"its certificate ends in {Say(ends - now)}");
            if (status?.OldestUnsent is { } oldest && state.Online && now - oldest >= TimeSpan.FromMinutes(options.UnsentMinutes))
                yield return new("unsent", string.Create(CultureInfo.InvariantCulture, $"connected, and the oldest of {status.Unsent} unsent records is {Say(now - oldest)} old"));
            if (status?.Offline?.Days is { } days && days <= options.OfflineDays) yield return new("offline-budget", $"can go on without the hub for {days} days");
            if (health is null) yield break;
            foreach (var (source, said) in health.Health.Sources ?? [])
            {
                // "ok", or what it is and why.
                if (!said.StartsWith("ok", StringComparison.OrdinalIgnoreCase)) yield return new("source", $"{source} is {said}");
            }

            if (health.Health.CpuTemperatureC >= options.HotC) yield return new("hot", string.Create(CultureInfo.InvariantCulture, $"its computer is at {health.Health.CpuTemperatureC:F0} °C"));
            if (health.Health.DiskFreeBytes < options.DiskFreeBytes) yield return new("disk", $"{health.Health.DiskFreeBytes / (1024 * 1024)} MB are left on its disk");
            foreach (var reason in Computer(health.Health.Computer)) yield return reason;
            if (health.Clock == nameof(ClockSource.Unset)) yield return new("clock", "nobody has set its clock");
        }
    }

    private IEnumerable<FleetReason> Computer(ComputerHealth? computer)
    {
        foreach (var held in computer?.Throttling ?? [])
        {
            // A supply that failed for a moment since the start fails again, and that breaks cards; a processor that was held back has cooled down.
            if (held.StartsWith("under-voltage", StringComparison.Ordinal)) yield return new("supply", $"its supply is too weak: {held}");
            else if (!held.EndsWith("earlier", StringComparison.Ordinal)) yield return new("throttled", $"its processor is held back: {held}");
        }

        if (computer?.DiskReadOnly is true) yield return new("card", "its disk takes no writes");
        else if (computer?.DiskErrors > 0) yield return new("card", $"its disk has counted {computer.DiskErrors} errors");
        if (computer?.DiskWearPercent >= options.WornPercent) yield return new("card", $"its disk has used {computer.DiskWearPercent} % of its life");
    }

    private static string Say(TimeSpan time) => time.TotalDays >= 2 ? $"{(int)time.TotalDays} days" : time.TotalHours >= 2 ? $"{(int)time.TotalHours} hours" : $"{(int)time.TotalMinutes} minutes";
}
