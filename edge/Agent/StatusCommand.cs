using System.Globalization;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent;

/// <summary><c>field-agent status</c>: what waits on the vehicle and how long it can go on alone, from its files.</summary>
internal static class StatusCommand
{
    public static int Run(AgentSettings settings, TimeProvider time, TextWriter output, TextWriter errors)
    {
        if (!settings.IsEnrolled)
        {
            output.WriteLine($"vehicle   none yet: waits for a code, by field-agent enrol or in {string.Join(" or ", settings.Enrolment.CodeFiles)}");
            return 0;
        }

        var folder = Path.Combine(settings.Options.Vehicle.Data, "outbox");
        try
        {
            var (records, actions, bytes) = (0, 0, 0L);
            DateTimeOffset? oldest = null;
            using var key = settings.ReadDataKey();
            var snapshot = new OutboxSnapshot(folder, key);
            foreach (var record in snapshot.Records())
            {
                records++;
                bytes += record.StoredBytes;
                if (record.Kind is not (RecordKind.Action or RecordKind.Shift)) continue;
                actions++;
                var taken = UpBatchReader.ReadRecord(record.Json).Stamp.DeviceTime;
                if (oldest is null || taken < oldest) oldest = taken;
            }

            var offline = OfflineOutlook.Of(snapshot.DiskDaysLeft(settings.Options.Outbox.MaxBytes, bytes), settings.CertificateEnds, time.GetUtcNow());
            output.WriteLine($"vehicle   {settings.Options.Vehicle.Id}");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"unsent    {records} records, {bytes} bytes"));
            output.WriteLine($"actions   {actions} of crews and shifts{(oldest is { } o ? string.Create(CultureInfo.InvariantCulture, $", the oldest of {o:yyyy-MM-dd'T'HH:mm:ss'Z'}") : "")}");
            output.WriteLine($"offline   {OfflineOutlook.Say(offline)}");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or WireFormatException)
        {
            errors.WriteLine($"the outbox in {folder} cannot be read: {e.Message}");
            return 1;
        }
    }
}
