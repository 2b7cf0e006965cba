using System.Globalization;
using System.Security.Cryptography;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent;

/// <summary>
/// <c>field-agent outbox export</c>: what the hub does not have yet, as a signed file for a USB stick. The vehicle keeps all of
/// it until the hub acknowledges it on the link, so exporting again, and taking a file in twice, changes nothing.
/// </summary>
internal static class ExportCommand
{
    private const int MessageRecords = 500;
    private const int MessageBytes = 128 * 1024;
    private const string Standard = "-";

    /// <param name="settings">The vehicle's.</param>
    /// <param name="to">A file, or a folder that gets one named by vehicle and time; <c>-</c>: standard output.</param>
    /// <param name="time">The header's clock.</param>
    /// <param name="output">Told what was written, unless that went to standard output.</param>
    /// <param name="errors">Told why not.</param>
    /// <returns>The exit code.</returns>
    public static int Run(AgentSettings settings, string to, TimeProvider time, TextWriter output, TextWriter errors)
    {
        var vehicle = settings.Options.Vehicle;
        if (settings.Link.KeyFile.Length == 0)
        {
            errors.WriteLine(settings.IsEnrolled ? "Link:KeyFile = '': expected the vehicle's key, which signs the export" : "this computer is no vehicle yet: field-agent enrol");
            return Settings.SettingsReader.ExitCode;
        }

        if (to != Standard && Path.GetDirectoryName(Path.GetFullPath(to)) is { } folder && !Directory.Exists(folder))
        {
            errors.WriteLine($"--to = '{to}': there is no folder {folder}; name one that is there (is the stick mounted?)");
            return Settings.SettingsReader.ExitCode;
        }

        try
        {
            var now = time.GetUtcNow();
            if (to != Standard && Directory.Exists(to)) to = Path.Combine(to, string.Create(CultureInfo.InvariantCulture, $"{vehicle.Id}-{now:yyyyMMdd'T'HHmmss'Z'}.outbox"));
            using var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(settings.Link.KeyFile));
            var header = new OutboxExportHeader(WireCodec.Version, vehicle.Jurisdiction, vehicle.Id, now, File.ReadAllText(settings.Link.CertificateFile));
            int records;
            if (to == Standard)
            {
                using var stream = System.Console.OpenStandardOutput();
                errors.WriteLine($"{Write(settings, header, key, stream)} records that the hub has not acknowledged");
                return 0;
            }

            var beside = to + ".part";
            using (var file = File.Create(beside))
            {
                records = Write(settings, header, key, file);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, to, overwrite: true);
            // Sticks are pulled out.
            DurableFile.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(to))!);
            output.WriteLine($"{to}: {records} records that the hub has not acknowledged");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            errors.WriteLine($"the outbox cannot be exported: {e.Message}");
            return 1;
        }
    }

    // How many records were written.
    private static int Write(AgentSettings settings, OutboxExportHeader header, ECDsa key, Stream stream)
    {
        var vehicle = settings.Options.Vehicle;
        using var data = settings.ReadDataKey();
        var records = 0;
        var waiting = new OutboxSnapshot(Path.Combine(vehicle.Data, "outbox"), data).Records().Select(r =>
        {
            records++;
            return r;
        });
        OutboxExport.Write(stream, header, Messages(vehicle.Id, waiting), key);
        return records;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Messages(string vehicle, IEnumerable<SnapshotRecord> records)
    {
        var epoch = "";
        var bytes = 0;
        List<ReadOnlyMemory<byte>> batch = [];
        foreach (var record in records)
        {
            if (batch.Count > 0 && (record.Id.Epoch != epoch || batch.Count == MessageRecords || bytes + record.Json.Length > MessageBytes))
            {
                yield return Message();
                batch = [];
                bytes = 0;
            }

            epoch = record.Id.Epoch;
            batch.Add(record.Json);
            bytes += record.Json.Length;
        }

        if (batch.Count > 0) yield return Message();

        ReadOnlyMemory<byte> Message() => WireCodec.Encode(UpBatchWriter.Write(new UpBatch(WireCodec.Version, vehicle, epoch, batch)));
    }
}
