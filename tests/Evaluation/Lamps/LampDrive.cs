using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Sensed;
using ThreeOneOne.Field.Fleet.Vehicles;
using ThreeOneOne.Field.Wire;
using Sensed = ThreeOneOne.Field.Agent.Sensing.Observation;

namespace ThreeOneOne.Field.Evaluation.Lamps;

/// <summary>One vehicle through one part of a night: its readings into the agent's own sensing, and the same into the baseline.</summary>
internal static class LampDrive
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    public static (IReadOnlyList<Sensed> Observations, IReadOnlyList<NearestPolePass> Baseline, double Km) Make(
        World world, Driver driver, SensingVehicle vehicle, DateTimeOffset begins, double gain, int seed)
    {
        var nearest = new NearestPole(world.City);
        var drive = LightDrive.Make(world, driver, vehicle, begins, Longest, gain, seed, new BaselineFeed(nearest, world.City.Plane));
        return (drive.Observations, nearest.End(), drive.DrivenM / 1000);
    }

    private sealed class BaselineFeed(NearestPole nearest, CityPlane plane) : ISensorFeed
    {
        public void Fix(DateTimeOffset time, GeoPoint at, double speedMps, double? courseDeg, double hdop, int satellites) => nearest.Fix(time, plane.ToPlace(at));

        public void Light(DateTimeOffset time, double lux) => nearest.Light(time, lux);

        // Takes nothing of these.
        public void Motion(DateTimeOffset first, TimeSpan step, ReadOnlySpan<(float X, float Y, float Z)> samples)
        {
        }

        public void Flush()
        {
        }
    }
}
