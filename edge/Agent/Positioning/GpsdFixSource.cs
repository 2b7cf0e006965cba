using System.Runtime.CompilerServices;
using System.Text.Json;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>A receiver behind gpsd, by its JSON protocol (gpsd_json(5), protocol 3). Speaks to it again whenever it comes back.</summary>
internal sealed class GpsdFixSource(GpsdAddress address, PositionOptions options, Playback playback, DeviceClock clock, TimeProvider time) : IFixSource
{
    // A view of the sky with every satellite of four systems is about 10 KB.
    private const int LongestReportBytes = 64 * 1024;

    private readonly SourceMeter meter = new(options.StaleSeconds, time);

    public SourceHealth Health => meter.Health;

    public async IAsyncEnumerable<Fix> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var fixes = new EpochFixes(options, playback, recorded: false, clock, meter);
        var reports = new GpsdReports(address.Device, options.NotBefore ?? (options.Replay ? null : clock.NotBefore), meter);
        // Of all devices: what is of another receiver is left out here, and the pulse's is let in.
        const string Watch = "?WATCH={\"enable\":true,\"json\":true,\"pps\":true}";
        await foreach (var line in new RecordedLines(address.Server, why => meter.Missing($"gpsd {why}"), meter.Unreadable, time, Watch, LongestReportBytes).ReadAsync(stop).ConfigureAwait(false))
        {
            if (Read(reports, line) is { } epoch && await fixes.FixAsync(epoch, stop).ConfigureAwait(false) is { } fix) yield return fix;
        }
    }

    private GpsEpoch? Read(GpsdReports reports, string line)
    {
        try
        {
            using var report = JsonDocument.Parse(line);
            return reports.Read(report.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or a field of another type than documented.
            meter.Unreadable();
            return null;
        }
    }
}
