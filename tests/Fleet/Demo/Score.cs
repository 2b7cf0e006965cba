using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Planting;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>What was planted against what the hub says.</summary>
public sealed record Score
{
    // A pothole's site within this of the planted hole is that hole, metres.
    private const double SameHoleM = 15;

    public Count Planted { get; private init; }

    public Count Found { get; private init; }

    public Count Missed { get; private init; }

    public Count False { get; private init; }

    /// <summary>Requests that rest on the real lux log alone: nobody knows the truth of that night.</summary>
    public Count Unverified { get; private init; }

    /// <summary>Planted faults in whose request an agent process had its evidence.</summary>
    public Count FoundByRealAgents { get; private init; }

    public static Score Of(Plants plants, CityPlane plane, IReadOnlyCollection<SensorRequest> requests, string luxVehicle, IReadOnlySet<string> realVehicles)
    {
        HashSet<object> found = [];
        HashSet<object> foundByReal = [];
        HashSet<object> withdrawn = [];
        HashSet<object> open = [];
        Count unverified = default;
        Count wrong = default;
        foreach (var request in requests)
        {
            var faults = Match(plants, plane, request);
            if (faults.Count == 0)
            {
                if (request.Lamp && request.Vehicles.Count > 0 && request.Vehicles.All(v => v == luxVehicle)) unverified = Add(unverified, request);
                else wrong = Add(wrong, request);
                continue;
            }

            foreach (var fault in faults)
            {
                (request.Withdrawn ? withdrawn : open).Add(fault);
                if (fault is PlantedPothole { ByOthers: true }) continue;
                found.Add(fault);
                if (request.Vehicles.Any(realVehicles.Contains)) foundByReal.Add(fault);
            }
        }

        // A hole that somebody else filled is found when the hub took its request back by itself.
        var repairs = plants.Potholes.Count(p => p.ByOthers);
        var planted = new Count(plants.Lamps.Count, plants.Potholes.Count - repairs, repairs);
        var all = Tally(found) with { Repair = plants.Potholes.Count(p => p.ByOthers && withdrawn.Contains(p) && !open.Contains(p)) };
        return new Score
        {
            Planted = planted,
            Found = all,
            Missed = new Count(planted.Lamp - all.Lamp, planted.Pothole - all.Pothole, planted.Repair - all.Repair),
            False = wrong,
            Unverified = unverified,
            FoundByRealAgents = Tally(foundByReal),
        };
    }

    private static List<object> Match(Plants plants, CityPlane plane, SensorRequest request)
    {
        if (request.Lamp) return [.. plants.Lamps.Where(l => l.Pole.Id == request.Pole)];
        var at = plane.ToPlace(request.At);
        return [.. plants.Potholes.Where(p => p.At.DistanceTo(at) <= SameHoleM)];
    }

    private static Count Add(Count count, SensorRequest request) =>
        request.Lamp ? count with { Lamp = count.Lamp + 1 } : count with { Pothole = count.Pothole + 1 };

    private static Count Tally(HashSet<object> faults) => new(faults.Count(f => f is DeadLamp), faults.Count(f => f is PlantedPothole));
}
