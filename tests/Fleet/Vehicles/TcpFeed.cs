using System.Globalization;
using System.Text;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Vehicles;

/// <summary>
/// Feeds an agent in a process of its own: three ports of this machine on which it finds a receiver that speaks NMEA, an
/// accelerometer and a light sensor. The agent may go and come back.
/// </summary>
public sealed class TcpFeed : ISensorFeed, IAsyncDisposable
{
    private readonly LinePort _position = new();
    private readonly LinePort _motion = new();
    private readonly LinePort _light = new();
    private readonly StringBuilder _samples = new();
    private readonly StringBuilder _readings = new();

    public string PositionAddress => _position.Address;

    public string MotionAddress => _motion.Address;

    public string LightAddress => _light.Address;

    public void Fix(DateTimeOffset time, GeoPoint at, double speedMps, double? courseDeg, double hdop, int satellites)
    {
        Flush();
        _position.Send(NmeaWriter.Sentences(time, at, speedMps, courseDeg, hdop, satellites));
    }

    public void Motion(DateTimeOffset first, TimeSpan step, ReadOnlySpan<(float X, float Y, float Z)> samples)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            _samples.Append(CultureInfo.InvariantCulture,
                $"{(first + step * i).ToUnixTimeMilliseconds()},{samples[i].X:0.###},{samples[i].Y:0.###},{samples[i].Z:0.###}\n");
        }
    }

    public void Light(DateTimeOffset time, double lux) =>
        _readings.Append(CultureInfo.InvariantCulture, $"{time.ToUnixTimeMilliseconds()},{lux:0.##}\n");

    public void Flush()
    {
        Flush(_samples, _motion);
        Flush(_readings, _light);
    }

    public async ValueTask DisposeAsync()
    {
        await _position.DisposeAsync().ConfigureAwait(false);
        await _motion.DisposeAsync().ConfigureAwait(false);
        await _light.DisposeAsync().ConfigureAwait(false);
    }

    private static void Flush(StringBuilder text, LinePort port)
    {
        if (text.Length == 0) return;
        port.Send(text.ToString());
        text.Clear();
    }
}
