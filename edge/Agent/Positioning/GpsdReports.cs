using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>What gpsd's reports say of each moment. It leaves out what it does not know; nothing is ever null.</summary>
internal sealed class GpsdReports(string? device, DateTimeOffset? notBefore, SourceMeter meter)
{
    private const int ModeWithPosition = 2;
    private const int StatusDeadReckoning = 5;
    private const int StatusSimulated = 8;
    private const string PulseDevices = "/dev/pps";

    private static readonly TimeSpan PulseHolds = TimeSpan.FromSeconds(5);

    private DateTimeOffset? firstTime;
    private (double? Hdop, int? Satellites) sky;
    private PulseTime? pulse;

    /// <returns>Null when the report is about no moment.</returns>
    /// <exception cref="InvalidOperationException">A field has not the type that is documented.</exception>
    public GpsEpoch? Read(JsonElement report)
    {
        if (report.ValueKind != JsonValueKind.Object || Text(report, "class") is not { } kind)
        {
            meter.Unreadable();
            return null;
        }

        // A pulse that is wired to a pin of its own is another device to gpsd, which gives it the receiver's seconds.
        if (device is not null && Text(report, "device") is { } other && other != device && !(kind == "PPS" && other.StartsWith(PulseDevices, StringComparison.Ordinal))) return null;
        switch (kind)
        {
            case "VERSION":
                // A new connection: gpsd says the moment it is in two or three times, each time with more in it.
                firstTime = null;
                sky = default;
                pulse = null;
                return null;
            case "DEVICES":
                if (report.TryGetProperty("devices", out var devices) && devices.GetArrayLength() == 0) meter.Missing("gpsd has no receiver: plug it in, or name it in /etc/default/gpsd");
                return null;
            case "DEVICE":
                if (Number(report, "activated") is 0 && (device is null || Text(report, "path") == device)) meter.Missing($"gpsd has lost {Text(report, "path") ?? "its receiver"}");
                return null;
            case "ERROR":
                meter.Unusable($"gpsd: {Text(report, "message")}");
                return null;
            case "SKY":
                meter.Heard();
                sky = (Number(report, "hdop") ?? sky.Hdop, (int?)Number(report, "uSat") ?? Used(report) ?? sky.Satellites);
                return null;
            case "PPS":
                if (Instant(report, "real") is { } real && Instant(report, "clock") is { } system) pulse = new PulseTime(real, system);
                return null;
            case "TPV":
                meter.Heard();
                return Position(report);
            default:
                return null;
        }
    }

    private GpsEpoch? Position(JsonElement report)
    {
        DateTimeOffset? at = report.TryGetProperty("time", out var text) && text.TryGetDateTimeOffset(out var said) ? said : null;
        if (at is not null && (firstTime ??= at) == at) return null;
        var status = Number(report, "status");
        var place = Number(report, "lat") is { } latitude && Number(report, "lon") is { } longitude ? new GeoPoint(latitude, longitude) : (GeoPoint?)null;
        var noFix =
            Number(report, "mode") is not >= ModeWithPosition ? "no fix"
            : status is StatusDeadReckoning ? "dead reckoning, no fix"
            : at is null ? "no date"
            : at < notBefore ? $"the receiver's date is {at:yyyy-MM-dd}"
            : place is not { IsPlausible: true } ? "no position"
            : null;
        if (noFix is not null) sky = default;
        return new GpsEpoch
        {
            Time = at,
            At = noFix is null ? place : null,
            SpeedMps = Number(report, "speed") is >= 0 and var speed ? speed : null,
            CourseDeg = Number(report, "track"),
            Hdop = sky.Hdop,
            Satellites = sky.Satellites,
            Simulated = status is StatusSimulated,
            NoFix = noFix,
            Pulse = pulse is { } p && at - p.Gps < PulseHolds && p.Gps - at < PulseHolds ? p : null,
        };
    }

    private static string? Text(JsonElement report, string name) => report.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement report, string name) =>
        report.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    private static int? Used(JsonElement report) =>
        report.TryGetProperty("satellites", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Count(s => s.ValueKind == JsonValueKind.Object && s.TryGetProperty("used", out var used) && used.ValueKind == JsonValueKind.True)
            : null;

    private static DateTimeOffset? Instant(JsonElement report, string name) =>
        Number(report, name + "_sec") is >= 0 and < 253_402_300_799 and var seconds && Number(report, name + "_nsec") is >= 0 and < 1e9 and var nanoseconds
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds).AddTicks((long)(nanoseconds / TimeSpan.NanosecondsPerTick))
            : null;
}
