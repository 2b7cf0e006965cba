using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Fleet.Sensed;
using ThreeOneOne.Field.Fleet.Recordings;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Evaluation.Lamps;

/// <summary>Plays a rebuilt drive into the agent's own sensing.</summary>
internal static class LuxReplay
{
    public static IReadOnlyList<LampObservation> Sense(LuxDrive drive, SensingVehicle vehicle)
    {
        var readings = Fixes(drive.Nmea).Select(f => (Time: f.FixTime, Reading: (object)f))
            .Concat(drive.Lux.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Light).Select(l => (l.Time, Reading: (object)l)))
            .OrderBy(r => r.Time).ToList();
        var sink = new ObservationList();
        var clock = new DeviceClock(TimeProvider.System, ClockSource.Gps, vehicle.Id);
        var pipeline = new SensingPipeline(vehicle.Options, vehicle.City, vehicle.Kind, clock, sink, NullLoggerFactory.Instance);
        foreach (var (_, reading) in readings) pipeline.TakeAsync(reading, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        pipeline.EndAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return [.. sink.All.Select(o => o.Lamp).OfType<LampObservation>()];
    }

    private static IEnumerable<Fix> Fixes(string nmea)
    {
        foreach (var line in nmea.Split("\r\n").Where(l => l.StartsWith("$GPRMC", StringComparison.Ordinal)))
        {
            var f = line.Split(',');
            var time = DateTimeOffset.ParseExact(f[9] + f[1], "ddMMyyHHmmss.ff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            yield return new Fix
            {
                FixTime = time,
                DeviceTime = time,
                MonotonicMs = time.ToUnixTimeMilliseconds(),
                At = new GeoPoint(Degrees(f[3], f[4]), Degrees(f[5], f[6])),
                SpeedMps = Number(f[7]) * 0.514444,
                CourseDeg = f[8].Length > 0 ? Number(f[8]) : null,
                Hdop = 0.9,
                Satellites = 9,
            };
        }
    }

    private static double Degrees(string text, string side)
    {
        var value = Number(text);
        var degrees = Math.Truncate(value / 100) + value % 100 / 60;
        return side is "S" or "W" ? -degrees : degrees;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static LuxSample Light(string line)
    {
        var fields = line.Split(',');
        var time = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(fields[0], CultureInfo.InvariantCulture));
        return new LuxSample(time, double.Parse(fields[1], CultureInfo.InvariantCulture), time, time.ToUnixTimeMilliseconds());
    }
}
