using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Outbox;

/// <summary>The commands that read an outbox from outside, while the agent has it.</summary>
public sealed class SnapshotTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_export_holds_what_the_hub_has_not_acknowledged_and_changes_nothing()
    {
        await using var outbox = await FillAsync();
        var config = Configure();
        for (var again = 0; again < 2; again++)
        {
            var output = new StringWriter();
            Assert.Equal(0, await AgentProgram.RunAsync(["outbox", "export", "--to", folder["stick.outbox"], "--config", config], output, output));
            await using var file = File.OpenRead(folder["stick.outbox"]);
            var reader = OutboxExportReader.Open(file);
            Assert.Equal("truck-1", reader.Header.Vehicle);
            var batches = reader.ReadMessages().Select(m => UpBatchReader.Read(WireCodec.Decode(m))).ToList();
            Assert.All(batches, b => Assert.Equal(outbox.Epoch, b.Epoch));
            var records = batches.SelectMany(b => b.Records).Select(r => UpBatchReader.ReadRecord(r)).ToList();
            Assert.Equal(Enumerable.Range(1, 40).Where(s => s is < 5 or > 9).Select(s => (long)s), records.Select(r => r.Seq));
        }

        Assert.Equal(35, outbox.Counts.Records);
        var bytes = outbox.Take(1, 1, RecordPriority.Bulk)!.Records[0];
        await using var same = File.OpenRead(folder["stick.outbox"]);
        Assert.Equal(Convert.ToHexString(bytes.Span), Convert.ToHexString(UpBatchReader.Read(WireCodec.Decode(OutboxExportReader.Open(same).ReadMessages().First())).Records[0].Span));
    }

    [Fact]
    public async Task Status_says_what_waits_and_how_long_the_vehicle_can_go_on()
    {
        await using var outbox = await FillAsync();
        var output = new StringWriter();
        Assert.Equal(0, await AgentProgram.RunAsync(["status", "--config", Configure()], output, output));
        Assert.Contains("35 records", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("actions   35", output.ToString(), StringComparison.Ordinal);
        Assert.Matches(@"offline   \d+ days left: certificate 44, disk \d+", output.ToString());
    }

    [Fact]
    public void The_first_limit_is_what_is_left()
    {
        var now = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
        var budget = OfflineOutlook.Of(19, now.AddDays(45.5), now);
        Assert.Equal("19 days left: certificate 45, disk 19", OfflineOutlook.Say(budget));
        Assert.Equal(0, OfflineOutlook.Of(19, now.AddDays(-3), now).Days);
        Assert.Equal(19, OfflineOutlook.Of(19, null, now).Days);
    }

    [Fact]
    public async Task Disk_days_come_from_what_whole_days_brought()
    {
        const long MaxBytes = 1024 * 1024;
        await using var outbox = DiskOutbox.Open(folder["days"], new OutboxOptions { GroupSeconds = 0.02, MaxBytes = MaxBytes }, NullLogger.Instance);
        Assert.Equal(0, outbox.DiskDaysLeft);
        var start = new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);
        for (var day = 0; day < 3; day++)
        {
            for (var i = 0; i < (day == 2 ? 5 : 100); i++)
                outbox.Append(Drafts.Health(i) with { Stamp = Drafts.Health().Stamp with { DeviceTime = start.AddDays(day) } }, RecordPriority.Bulk);
        }

        await outbox.FlushAsync(default);
        var perDay = outbox.Counts.Bytes / 2.05;
        Assert.InRange(outbox.DiskDaysLeft, (int)(((MaxBytes * 0.8) - outbox.Counts.Bytes) / perDay) - 1, (int)(((MaxBytes * 0.8) - outbox.Counts.Bytes) / perDay) + 1);
    }

    private async Task<DiskOutbox> FillAsync()
    {
        var outbox = DiskOutbox.Open(Path.Combine(folder["data"], "outbox"), new OutboxOptions { GroupSeconds = 0.02, SegmentBytes = 4096 }, NullLogger.Instance);
        for (var i = 0; i < 40; i++) await outbox.AppendDurableAsync(Drafts.Action($"a{i}"), RecordPriority.Action, default);
        outbox.Acknowledge(outbox.Epoch, [(5, 9)]);
        return outbox;
    }

    private string Configure()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=truck-1", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(45));
        File.WriteAllText(folder["vehicle.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(folder["vehicle.key"], key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(folder["agent.json"], JsonSerializer.Serialize(new
        {
            Vehicle = new { Id = "truck-1", Jurisdiction = "cambridge-ma", Data = folder["data"] },
            Link = new { Host = "localhost", CaFile = folder["vehicle.pem"], CertificateFile = folder["vehicle.pem"], KeyFile = folder["vehicle.key"] },
        }));
        return folder["agent.json"];
    }
}
