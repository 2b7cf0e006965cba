using ThreeOneOne.Field.Fleet.Driving;

namespace ThreeOneOne.Field.Evaluation.Position;

/// <summary>Drives the test road to and fro at 5 to 25 m/s, as traffic and signals allow.</summary>
internal static class RoadTrip
{
    private const double LeastMps = 5;
    private const double MostMps = 25;
    private const double AccelerateMps2 = 1.4;
    private const double BrakeMps2 = 1.9;

    public static List<TripStep> Drive(TestRoad road, int passes, Random random)
    {
        List<TripStep> steps = [];
        var seconds = 0.0;
        for (var pass = 0; pass < passes; pass++) One(road, pass, random, steps, ref seconds);
        return steps;
    }

    private static void One(TestRoad road, int pass, Random random, List<TripStep> steps, ref double seconds)
    {
        const double Dt = Driver.StepSeconds;
        var back = pass % 2 == 1;
        var stops = road.Signals.Select(s => back ? TestRoad.LengthM - s : s).Where(_ => random.NextDouble() < 0.45).Order().ToList();
        var (driven, speed, felt, right, wanted, until, standing) = (0.0, 0.0, 0.0, 0.0, 10.0, 0.0, 0.0);
        while (driven < TestRoad.LengthM)
        {
            if (driven >= until) (wanted, until) = (LeastMps + (MostMps - LeastMps) * random.NextDouble(), driven + 100 + 400 * random.NextDouble());
            var allowed = wanted;
            if (stops.Count > 0) allowed = Math.Min(allowed, Math.Sqrt(2 * BrakeMps2 * Math.Max(0, stops[0] - driven - 1)));
            if (standing > 0)
            {
                (standing, allowed) = (standing - Dt, 0);
                if (standing <= 0) stops.RemoveAt(0);
            }
            else if (stops.Count > 0 && speed < 0.3 && stops[0] - driven < 3)
            {
                standing = 5 + 35 * random.NextDouble();
            }

            // Pedals move over some tenths of a second.
            felt += (Math.Clamp((allowed - speed) / 0.6, -1.6 * BrakeMps2, AccelerateMps2) - felt) * 0.3;
            if (standing > 0 && speed < 0.4) (felt, speed) = (0, 0);
            var before = speed;
            speed = Math.Max(0, speed + felt * Dt);
            driven += (before + speed) / 2 * Dt;
            right += (-right / 4 * Dt + 0.05 * Gaussian.Next(random)) * (speed > 0.5 ? 1 : 0);
            seconds += Dt;
            var along = back ? TestRoad.LengthM - driven : driven;
            var (at, heading) = road.Lane(along, back, right);
            var bend = road.Bend(along) * (back ? -1 : 1);
            steps.Add(new TripStep(seconds, pass, along, at, heading, speed, (speed - before) / Dt, speed * speed * bend));
        }
    }
}
