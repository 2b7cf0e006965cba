using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Xml;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Recordings;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>Plays the track points of a GPX 1.1 file that have a time; speed and course come from one point to the next.</summary>
public sealed class GpxFixSource(PositionOptions options, Playback playback, DeviceClock clock, TimeProvider time) : IFixSource
{
    private readonly string _path = LineAddress.Parse(options.Source).Target;
    private readonly SourceMeter _meter = new(options.StaleSeconds, time);
    private readonly FixOrder _order = new();

    public SourceHealth Health => _meter.Health;

    public async IAsyncEnumerable<Fix> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        GeoPoint? before = null;
        foreach (var (recorded, at, hdop) in Points())
        {
            var due = recorded;
            if (_order.Accept(ref due) is { } disorder)
            {
                _meter.Unusable(disorder);
                continue;
            }

            playback.Begin(due);
            await playback.DueAsync(due, stop).ConfigureAwait(false);
            var speed = _order.SpeedMpsTo(due, at);
            var fix = new Fix
            {
                FixTime = await playback.RebasedAsync(due, stop).ConfigureAwait(false),
                DeviceTime = clock.Now,
                MonotonicMs = clock.MonotonicMs,
                At = at,
                SpeedMps = speed,
                CourseDeg = speed > 1 ? before?.BearingDegTo(at) : null,
                Hdop = hdop,
                Replay = playback.Rebases || options.Replay,
            };
            _order.Took(due, at);
            before = at;
            _meter.Gave();
            yield return fix;
        }

        _meter.Missing("the recording has ended");
    }

    private IEnumerable<(DateTimeOffset, GeoPoint, double?)> Points()
    {
        Stream stream;
        try
        {
            stream = new FileStream(_path, FileMode.Open, FileAccess.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _meter.Missing(e.Message);
            yield break;
        }

        using var text = _path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var xml = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        while (Next(xml))
        {
            using var point = xml.ReadSubtree();
            if (Point(point) is { } read) yield return read;
            else _meter.Unreadable();
        }
    }

    private bool Next(XmlReader xml)
    {
        try
        {
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "trkpt" }) return true;
            }
        }
        catch (Exception e) when (e is XmlException or InvalidDataException)
        {
            // What was read before the break stands.
            _meter.Unreadable();
        }

        return false;
    }

    private static (DateTimeOffset, GeoPoint, double?)? Point(XmlReader xml)
    {
        try
        {
            xml.Read();
            var at = new GeoPoint(Number(xml.GetAttribute("lat")) ?? double.NaN, Number(xml.GetAttribute("lon")) ?? double.NaN);
            DateTimeOffset? when = null;
            double? hdop = null;
            xml.Read();
            while (!xml.EOF)
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "time" })
                    when = DateTimeOffset.TryParse(xml.ReadElementContentAsString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var t) ? t : null;
                else if (xml is { NodeType: XmlNodeType.Element, LocalName: "hdop" })
                    hdop = Number(xml.ReadElementContentAsString());
                else
                    xml.Read();
            }

            return when is { } known && at.IsPlausible ? (known, at, hdop) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
