using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Fleet.Sensed;
using ThreeOneOne.Field.Fleet.Sky;
using ThreeOneOne.Field.Fleet.Vehicles;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>
/// The nights before a demo's first, in which every light burned: nobody can say that a light went out who never saw it burn.
/// Vehicles without a crew have them on disk when the demo begins, as if they had been out of signal, and send them first.
/// </summary>
public static class NightsBefore
{
    private const int Nights = 3;
    private const int VehiclesPerPatrol = 2;

    // A loop takes some three minutes.
    private static readonly TimeSpan Drive = TimeSpan.FromMinutes(4);

    // Sensing waits for the dark; sweepers go out after the evening's traffic.
    private static readonly TimeSpan AfterDusk = TimeSpan.FromHours(2);

    private static readonly SensingOptions Sensing = new();

    /// <summary>What each vehicle saw of street lights, night after night, by vehicle.</summary>
    /// <param name="world">With every light burning before <paramref name="until"/>.</param>
    /// <param name="fleet">Vehicles without a crew drive; none in a small fleet.</param>
    /// <param name="patrols">All of them are driven while there is a vehicle for them.</param>
    /// <param name="city">What the vehicles know of it.</param>
    /// <param name="until">Beginning of the demo's first night.</param>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<Observation>>> SeenAsync(
        World world, IEnumerable<VehiclePlan> fleet, IReadOnlyList<Patrol> patrols, SensingCity city, DateTimeOffset until)
    {
        var free = fleet.Where(v => v is { Crewed: false, Role: VehicleRole.Simulated }).ToList();
        if (free.Count == 0) return new Dictionary<string, IReadOnlyList<Observation>>();
        var drives = patrols.SelectMany((patrol, i) => Of(i).Select(vehicle => (vehicle, patrol))).ToList();
        List<DateTimeOffset> nights = [];
        for (var before = until; nights.Count < Nights; before = nights[0]) nights.Insert(0, Sun.LastNight(before - TimeSpan.FromHours(1), world.City.Plane.Origin).Start);
        var seen = await Task.WhenAll(drives.GroupBy(d => d.vehicle.Id).Select(d => Task.Run(() => (Vehicle: d.Key, Seen: Drives([.. d]))))).ConfigureAwait(false);
        return seen.ToDictionary(s => s.Vehicle, s => s.Seen);

        IEnumerable<VehiclePlan> Of(int patrol)
        {
            var own = free.Where(v => v.Patrol == patrol).ToList();
            return own.Count > 0 ? own.Take(VehiclesPerPatrol) : [free[patrol % free.Count]];
        }

        IReadOnlyList<Observation> Drives(IReadOnlyList<(VehiclePlan Vehicle, Patrol Patrol)> own) =>
            [.. nights.SelectMany(night => own.SelectMany((drive, i) => DriveOne(drive.Vehicle, drive.Patrol, night + AfterDusk + i * Drive)))];

        IEnumerable<Observation> DriveOne(VehiclePlan plan, Patrol patrol, DateTimeOffset begins)
        {
            var seed = RoadSurface.HashCode(plan.Seed, (int)(begins.ToUnixTimeSeconds() / 3600), 63);
            var vehicle = new SensingVehicle(plan.Id, VehicleKind.SensorOnly, city, Sensing);
            return LightDrive.Make(world, world.Drive(patrol, plan.StartShare, seed), vehicle, begins, Drive, gain: 1, seed).Observations.Where(o => o.Lamp is not null);
        }
    }
}
