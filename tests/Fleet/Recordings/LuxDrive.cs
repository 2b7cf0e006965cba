using System.Globalization;
using System.Text;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Recordings;

/// <summary>
/// A plausible drive rebuilt from a lux log without order or times: readings and their places are real, the order of the
/// streets, the speeds and the times are made up.
/// </summary>
public sealed class LuxDrive
{
    private readonly StringBuilder _nmea = new();
    private readonly StringBuilder _lux = new();

    private LuxDrive()
    {
    }

    public string Nmea => _nmea.ToString();

    public string Lux => _lux.ToString();

    public double LengthM { get; private set; }

    public int Readings { get; private set; }

    public TimeSpan Duration { get; private set; }

    public static LuxDrive Rebuild(CityMap city, IEnumerable<(GeoPoint At, double Lux)> readings, DateTimeOffset start, int seed)
    {
        var streets = new LuxStreets(city, readings);
        var route = CoveringDrive.Over(city.Graph, streets.Segments);
        var built = new LuxDrive();
        if (route.Count == 0) return built;
        var rest = route.Skip(1).ToList();
        var driver = new Driver(new Router(city.Graph), route[0], _ => rest.Count == 0 ? [] : Take(rest), new LegPlanner(city.Graph, _ => []), new Random(seed));
        built.Drive(city, streets, driver, start);
        return built;
    }

    private static List<StreetEdge> Take(List<StreetEdge> rest)
    {
        List<StreetEdge> all = [.. rest];
        rest.Clear();
        return all;
    }

    private void Drive(CityMap city, LuxStreets streets, Driver driver, DateTimeOffset start)
    {
        var edge = driver.Edge;
        var points = streets.Along(edge);
        var next = 0;
        var right = 1.8;
        for (var step = 1; !driver.AtEnd && step < 10 * 3600 * 6; step++)
        {
            driver.Step();
            var time = start.AddSeconds(step * Driver.StepSeconds);
            if (driver.Edge != edge)
            {
                Emit(points, ref next, edge.LengthM, time);
                edge = driver.Edge;
                points = streets.Along(edge);
                next = 0;
            }

            Emit(points, ref next, driver.AlongM, time);
            // The car's own line, smoothed over what several passes recorded.
            var near = points.Where(p => Math.Abs(p.AlongM - driver.AlongM) < 10).Select(p => p.RightM).DefaultIfEmpty(right).Average();
            right += (near - right) * 0.08;
            LengthM += driver.SpeedMps * Driver.StepSeconds;
            Duration = time - start;
            if (step % 10 != 0) continue;
            var (centre, heading) = edge.PlaceAt(driver.AlongM);
            var at = new Place(centre.X + Math.Sin(heading) * right, centre.Y - Math.Cos(heading) * right);
            _nmea.Append(NmeaWriter.Sentences(time, city.Plane.ToGeo(at), driver.SpeedMps,
                driver.SpeedMps > 0.7 ? GpsReceiver.CourseDeg(heading) : null, 0.9, 9));
        }
    }

    private void Emit(IReadOnlyList<LuxPoint> points, ref int next, double alongM, DateTimeOffset time)
    {
        var first = next;
        while (next < points.Count && points[next].AlongM <= alongM) next++;
        for (var i = first; i < next; i++)
        {
            // Spread over the step that passed them.
            var ms = time.ToUnixTimeMilliseconds() - (long)(Driver.StepSeconds * 1000 * (next - 1 - i) / (next - first));
            _lux.Append(ms).Append(',').Append(points[i].Lux.ToString("0.###", CultureInfo.InvariantCulture)).Append('\n');
            Readings++;
        }
    }
}
