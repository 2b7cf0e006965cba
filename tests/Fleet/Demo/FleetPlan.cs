using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>Who drives where: equal for equal numbers and seeds, and the first vehicles stay the same in a larger fleet.</summary>
public static class FleetPlan
{
    public const string Lamps = "street-light-out";
    public const string Potholes = "pothole";

    /// <summary>Id of the vehicle that replays the real lux log.</summary>
    public const string LuxVehicle = "survey-lux";

    private const string NoJobs = "";

    // Five of them, so that at least two drive the night and two the day: one witness is none.
    private const double VehiclesPerPatrol = 5;
    private const int Recorded = 2;

    /// <summary>Fewest vehicles: those that are processes of their own.</summary>
    public const int Fewest = 5;

    /// <summary>Patrols for a fleet of this size.</summary>
    public static int Patrols(int vehicles) => Math.Max(1, (int)Math.Round((vehicles - Recorded) / VehiclesPerPatrol));

    /// <summary>The patrols that most day vehicles drive: where a repair is seen soonest.</summary>
    public static IReadOnlyList<int> Busiest(IEnumerable<VehiclePlan> fleet)
    {
        var day = fleet.Where(f => f.InSimulation && !f.Night).CountBy(f => f.Patrol).ToList();
        return [.. day.Where(d => d.Value == day.Max(o => o.Value)).Select(d => d.Key).Order()];
    }

    public static IReadOnlyList<VehiclePlan> Make(int vehicles, int seed)
    {
        var patrols = Patrols(vehicles);
        List<VehiclePlan> fleet = [];
        Add("pothole-truck-1", "Pothole truck 1", VehicleRole.Fed, false, Potholes);
        Add("bucket-truck-1", "Bucket truck 1", VehicleRole.Fed, true, Lamps);
        Add("pothole-truck-2", "Pothole truck 2", VehicleRole.Fed, false, Potholes);
        Add(LuxVehicle, "Survey car (lux log)", VehicleRole.LuxDrive, true, null);
        Add("highway-van-1", "Highway van (NMEA log)", VehicleRole.NmeaDrive, false, NoJobs);
        // Two of four drive the night; one of three has a crew.
        for (var i = 0; fleet.Count < vehicles; i++)
        {
            var night = i % 2 == 0;
            var number = i / 2 + 2;
            switch (i % 6)
            {
                case 0: Add($"bucket-truck-{number}", $"Bucket truck {number}", VehicleRole.Simulated, night, Lamps); break;
                case 3: Add($"pothole-truck-{number + 1}", $"Pothole truck {number + 1}", VehicleRole.Simulated, night, Potholes); break;
                case 2 or 5: Add($"sweeper-{number}", $"Sweeper {number}", VehicleRole.Simulated, night, null); break;
                default: Add($"bus-{number}", $"Bus {number}", VehicleRole.Simulated, night, null); break;
            }
        }

        return fleet;

        void Add(string id, string name, VehicleRole role, bool night, string? service)
        {
            var own = RoadSurface.HashCode(seed, fleet.Count, 61);
            // Day and night vehicles take the patrols in turn, so that each patrol has some of both.
            var patrol = fleet.Count(f => f.InSimulation && f.Night == night) % patrols;
            fleet.Add(new VehiclePlan(id, name, role, night, service, patrol, own % 1000 / 1000.0, own));
        }
    }
}
