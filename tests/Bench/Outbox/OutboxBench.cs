using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Bench.Outbox;

/// <summary>What the outbox costs: appending, finding a million records again, sending them, and the card's life.</summary>
public sealed class OutboxBench : IBench
{
    private const int GroupRecords = 1_000;

    public string Name => "outbox";

    public string Purpose => "append, restart, drain, bytes and wear of the vehicle's outbox (--records N --drive FILE --minutes M --seconds S)";

    public async Task<IReadOnlyList<(string Name, object Value)>> RunAsync(BenchContext context, CancellationToken stop)
    {
        var records = context.Number("records", 1_000_000);
        var drive = context.Options.GetValueOrDefault("drive", Path.Combine(context.Root, "tests/Bench/Data/reno-drive.nmea.gz"));
        var fixes = await Drive.ReadAsync(drive, stop);
        var (disk, wire, most) = await Drive.BytesPerFixAsync(fixes, Path.Combine(context.Scratch, "drive"), stop);
        await Say(context, $"fixes          {fixes.Count:N0} of {Path.GetFileName(drive)} in minute blocks: {disk:F2} bytes each on disk, {wire:F2} on the wire one block a message, {most:F2} in a backlog's messages");

        // The same without encryption, in the same run: what encryption costs is the ratio.
        var plain = Path.Combine(context.Scratch, "plain");
        var (plainDisk, _, _) = await Drive.BytesPerFixAsync(fixes, Path.Combine(context.Scratch, "plain-drive"), stop);
        var plainPerS = await AppendAsync(plain, records, stop);
        var (plainWhole, plainInside) = await OutboxOpening.MeasureAsync(plain, stop);
        await Say(context, $"not encrypted  {plainDisk:F2} bytes a fix on disk; append {plainPerS:N0}/s; restart {plainWhole:N0} ms, {plainInside:N0} ms of them the outbox's");
        Directory.Delete(plain, recursive: true);

        var folder = Path.Combine(context.Scratch, "outbox");
        var appendPerS = await AppendAsync(folder, records, stop);
        await Say(context, $"append         {records:N0} records of {Observation(1).Length} bytes in fsynced groups of {GroupRecords:N0}: {appendPerS:N0}/s, {appendPerS / plainPerS:P0} of not encrypted");
        var (whole, inside) = await OutboxOpening.MeasureAsync(folder, stop);
        await Say(context, $"restart        {whole:N0} ms from starting the program to the first record taken, {inside:N0} ms of them the outbox's");
        var bare = await TakeAllAsync(folder, Math.Min(records / 5, 200_000), stop);
        await Say(context, $"take, ack      {bare:N0} records/s without a link");
        var drain = await DrainRun.RunAsync(folder, TimeSpan.FromSeconds(context.Number("seconds", 10)), stop);
        await Say(context, $"drain          {drain.PerSecond:N0} records/s over TLS and mosquitto to an acknowledging reader; live p50 {drain.LiveMsP50:F0} ms, p99 {drain.LiveMsP99:F0} ms ({drain.Live} of {drain.Given} positions)");

        using var device = WornDisk.Open(context.Scratch);
        await Say(context, $"device         {device.What}");
        var amplification = await AmplificationAsync(Path.Combine(device.Folder, "bulk"), device, stop);
        await Say(context, $"bulk           {amplification:F2} bytes written for each byte of records, groups of at least 256 KiB");
        var minutes = context.Number("minutes", 60);
        var shiftMb = await ShiftWear.RunAsync(fixes, Path.Combine(device.Folder, "shift"), device, minutes, stop);
        await Say(context, $"shift          {shiftMb:F1} MB in 8 hours (from {minutes} minutes): a fix a second saved every 4 s, minute blocks, 60 actions, the journal committed every 5 s");
        return
        [
            ("append_per_s", Math.Round(appendPerS)),
            ("append_per_s_plain", Math.Round(plainPerS)),
            ("bytes_per_fix_disk_plain", Math.Round(plainDisk, 2)),
            ("restart_ms_plain", Math.Round(plainWhole)),
            ("bytes_per_fix", Math.Round(Math.Max(disk, wire), 2)),
            ("bytes_per_fix_disk", Math.Round(disk, 2)),
            ("bytes_per_fix_wire", Math.Round(wire, 2)),
            ("restart_ms_1m", Math.Round(whole)),
            ("restart_records", records),
            ("drain_per_s", Math.Round(drain.PerSecond)),
            ("take_ack_per_s", Math.Round(bare)),
            ("live_ms_p99", Math.Round(drain.LiveMsP99)),
            ("write_amplification", Math.Round(amplification, 2)),
            ("device_mb_per_8h_shift", Math.Round(shiftMb, 1)),
            ("device_counter", device.What),
        ];
    }

    private static async Task<double> AppendAsync(string folder, int records, CancellationToken stop)
    {
        await using var outbox = DiskOutbox.Open(folder, new OutboxOptions(), NullLogger.Instance, BenchKey.Of(folder));
        for (var i = 0; i < 20_000; i++) outbox.Append(Record(i), RecordPriority.Fault);
        await outbox.FlushAsync(stop);
        var began = Stopwatch.GetTimestamp();
        for (var i = 20_000; i < records; i += GroupRecords)
        {
            for (var j = i; j < i + GroupRecords; j++)
            {
                if (outbox.Append(Record(j), RecordPriority.Fault) is null) throw new InvalidOperationException("the outbox refused a record");
            }

            await outbox.FlushAsync(stop);
        }

        return Math.Max(0, records - 20_000) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> TakeAllAsync(string folder, int records, CancellationToken stop)
    {
        await using var outbox = DiskOutbox.Open(folder, new OutboxOptions(), NullLogger.Instance, BenchKey.Of(folder));
        var began = Stopwatch.GetTimestamp();
        var taken = 0;
        while (taken < records && outbox.Take(60, 16 * 1024, RecordPriority.Bulk) is { } batch)
        {
            stop.ThrowIfCancellationRequested();
            taken += outbox.Acknowledge(batch.Epoch, [(batch.Seqs[0], batch.Seqs[^1])]);
        }

        return taken / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> AmplificationAsync(string folder, WornDisk device, CancellationToken stop)
    {
        const int Groups = 100;
        await using var outbox = DiskOutbox.Open(folder, new OutboxOptions(), NullLogger.Instance, BenchKey.Of(folder));
        await outbox.FlushAsync(stop);
        var before = device.Written();
        for (var group = 0; group < Groups; group++)
        {
            for (var i = 0; i < GroupRecords; i++) outbox.Append(Record(i), RecordPriority.Fault);
            await outbox.FlushAsync(stop);
        }

        var written = device.Written() - before;
        long logical = 0;
        while (outbox.Take(1_000, 1_000_000, RecordPriority.Bulk) is { } batch) logical += batch.Records.Sum(r => (long)r.Length);
        return (double)written / logical;
    }

    // What a drive through a city makes most of beside fixes.
    private static WireRecord Record(int n) => new()
    {
        Seq = 0,
        Stamp = new Stamp
        {
            DeviceTime = DateTimeOffset.UnixEpoch.AddSeconds(1_790_000_000 + n),
            FixTime = DateTimeOffset.UnixEpoch.AddSeconds(1_790_000_000 + n),
            Boot = "0a1b2c3d",
            MonotonicMs = n * 1_000L,
            Clock = ClockSource.Gps,
        },
        Roughness = new RoughnessObservation
        {
            From = new GeoPoint(42.37 + (n % 1_000 * 1e-6), -71.11),
            To = new GeoPoint(42.3704 + (n % 1_000 * 1e-6), -71.1104),
            LengthM = 52,
            EstimateMPerKm = 2.1 + (n % 7 * 0.1),
            RmsMps2 = 0.62,
            SpeedMps = 9.3,
        },
    };

    private static byte[] Observation(int n) => JsonSerializer.SerializeToUtf8Bytes(Record(n) with { Seq = 123_456 }, WireJson.Default.WireRecord);

    private static Task Say(BenchContext context, string line) => context.Out.WriteLineAsync(line);
}
