using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Vehicles;

/// <summary>What the hub knows of a vehicle's connection and last status.</summary>
/// <param name="Online">Connected as far as the hub heard in this run: a kept status alone proves nothing.</param>
/// <param name="Status">The last status, also from an earlier run; null when none was ever heard.</param>
/// <param name="LastSeen">When anything was last heard, UTC.</param>
public sealed record VehicleState(bool Online, VehicleStatus? Status, DateTimeOffset? LastSeen)
{
    /// <summary>Since when it is connected, or is not, as far as the hub heard in this run; null when nothing changed in it.</summary>
    public DateTimeOffset? Since { get; init; }

    private static readonly VehicleStatus LastWill = new() { Online = false };

    public static VehicleState NeverHeard { get; } = new(false, null, null);

    /// <summary>
    /// The state after a report. A last will says only that the vehicle is gone, and the broker says it, later: what the vehicle
    /// itself said that it holds stays, and so does when it was heard.
    /// </summary>
    public VehicleState After(VehicleStatus report, DateTimeOffset received)
    {
        if (report == LastWill) return this with { Online = false, Since = Online ? received : Since, Status = Status is { } held ? held with { Online = false } : null };
        // A goodbye that the broker kept comes again with each start of the hub.
        var again = !report.Online && LastSeen is not null && report.DeviceTime is { } said && said == Status?.DeviceTime && report.Epoch == Status.Epoch;
        return new VehicleState(report.Online, report, again ? LastSeen : received) { Since = report.Online != Online ? received : Since };
    }
}
