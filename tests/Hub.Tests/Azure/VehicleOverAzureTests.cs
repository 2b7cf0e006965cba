using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Support.IotHub;

namespace ThreeOneOne.Field.Hub.Tests.Azure;

/// <summary>The real agent as a process, the real hub, and the stand-in between them.</summary>
public sealed class VehicleOverAzureTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(4);

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_vehicle_reports_its_first_reading_takes_its_profile_and_loses_nothing_over_an_outage(bool byCertificate, bool cloudEvents)
    {
        await using var run = await AzureHub.StartAsync();
        await using var grid = new EventGridPoster(run.IotHub, run.Webhook, AzureHub.Key, cloudEvents) { Repeats = true };
        using var stop = new CancellationTokenSource();
        using var receiver = new TcpListener(IPAddress.Loopback, 0);
        receiver.Start();
        var driving = DriveAsync(receiver, stop.Token);
        var console = FreePort.Next();
        var settings = await WriteSettingsAsync(run, byCertificate, ((IPEndPoint)receiver.LocalEndpoint).Port, console);
        await using var agent = ServerProcess.Run(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Repository.AgentProgram, "run", "--config", settings]);
        using var screen = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{console}/") };
        try
        {
            await Eventually.TrueAsync(() => run.IotHub.IsConnected(Sample.Vehicle) || agent.HasExited, "the vehicle connects", Long);
            Assert.False(agent.HasExited, agent.Output);
            await Eventually.TrueAsync(async () => await SignOnAsync(screen), "the crew signs on", Long);
            await Eventually.TrueAsync(async () => (await run.LedgerAsync()).Any(l => l.Contains("track", StringComparison.Ordinal)), "the first reading", Long);
            await Eventually.TrueAsync(() => run.IotHub.Desired(Sample.Vehicle)["field"]?["profile"] is not null, "the profile in the twin", Long);
            await Eventually.TrueAsync(() => run.IotHub.Reported(Sample.Vehicle)["field"]?["profile"]?["version"]?.GetValue<long>() > 0, "the profile on the vehicle", Long);
            await CommandAsync(run);

            run.IotHub.IsDown = true;
            run.IotHub.Cut(Sample.Vehicle);
            var before = (await run.LedgerAsync()).Length;
            await Eventually.TrueAsync(async () => await UnsentAsync(screen) >= 3, "records wait on the vehicle", Long);
            await run.RestartHubAsync();
            await using var again = new EventGridPoster(run.IotHub, run.Webhook, AzureHub.Key, cloudEvents) { Repeats = true };
            run.IotHub.IsDown = false;

            await Eventually.TrueAsync(async () => (await run.LedgerAsync()).Length >= before + 3, "what waited arrives", Long);
            await stop.CancelAsync();
            await Eventually.TrueAsync(async () => await UnsentAsync(screen) == 0, "all is acknowledged", Long);
            var ledger = await run.LedgerAsync();
            Assert.Equal(ledger.Length, ledger.Select(l => JsonDocument.Parse(l).RootElement).Select(r => (r.GetProperty("epoch").GetString(), r.GetProperty("seq").GetInt64())).Distinct().Count());
            Assert.Empty(grid.Dead);
            Assert.DoesNotContain(run.IotHub.Refusals, r => r is not ("cut" or "another connection with the same device id"));
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{agent.Output}\n{string.Join('\n', run.IotHub.Refusals)}\n{string.Join('\n', run.IotHub.Calls.TakeLast(10))}", e);
        }
        finally
        {
            await stop.CancelAsync();
            await agent.StopAsync();
            await driving;
        }
    }

    private static async Task CommandAsync(AzureHub run)
    {
        using var given = await run.Hub.Client.PostAsJsonAsync(new Uri($"/api/vehicles/{Sample.Vehicle}/commands", UriKind.Relative), new { kind = "status" });
        Assert.True(given.IsSuccessStatusCode, await given.Content.ReadAsStringAsync());
        await Eventually.TrueAsync(
            async () => (await run.Hub.Client.GetStringAsync(new Uri($"/api/vehicles/{Sample.Vehicle}/commands", UriKind.Relative))).Contains("\"done\"", StringComparison.Ordinal), "the command's result", Long);
    }

    private static async Task<string> WriteSettingsAsync(AzureHub run, bool byCertificate, int receiver, int console)
    {
        var files = run.Certificates.Client(Sample.Vehicle);
        var key = Path.Combine(run.Folder, "device.key");
        if (byCertificate) run.IotHub.AddCertifiedDevice(Sample.Vehicle);
        else await File.WriteAllTextAsync(key, run.IotHub.AddDevice(Sample.Vehicle));
        var settings = Path.Combine(run.Folder, "field-agent.json");
        await File.WriteAllTextAsync(settings, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["Vehicle"] = new { Id = Sample.Vehicle, Jurisdiction = "cambridge-ma", Data = Path.Combine(run.Folder, "vehicle") },
            ["Link"] = byCertificate ? new { Kind = "Azure", files.CertificateFile, files.KeyFile } : (object)new { Kind = "Azure" },
            ["Azure"] = new { Host = run.IotHub.HostName, run.IotHub.Port, files.CaFile, SasKeyFile = byCertificate ? "" : key, LiveSeconds = 0.5, StatusSeconds = 0.5 },
            ["Position"] = new { Source = $"tcp:127.0.0.1:{receiver}" },
            ["Tracks"] = new { Seconds = 0.5 },
            ["Uplink"] = new { AckSeconds = 2 },
            ["Console"] = new { Port = console, LockAboveMps = 0 },
        }));
        return settings;
    }

    private static async Task<bool> SignOnAsync(HttpClient screen)
    {
        try
        {
            using var answer = await screen.PostAsJsonAsync(new Uri("console/shift", UriKind.Relative), new { state = "on", crew = "crew-1", members = new[] { "m-1" } });
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<int> UnsentAsync(HttpClient screen) =>
        (await screen.GetFromJsonAsync<JsonElement>(new Uri("console/state", UriKind.Relative))).GetProperty("unsent").GetInt32();

    /// <summary>A receiver that drives north, by the clock on the wall.</summary>
    private static async Task DriveAsync(TcpListener receiver, CancellationToken stop)
    {
        try
        {
            using var client = await receiver.AcceptTcpClientAsync(stop);
            var stream = client.GetStream();
            for (var i = 0; ; i++)
            {
                var now = TimeProvider.System.GetUtcNow();
                var minutes = 22.4 + (i * 0.0005);
                var line = string.Create(CultureInfo.InvariantCulture, $"GPRMC,{now:HHmmss.ff},A,42{minutes:00.0000},N,07106.5800,W,8.0,0.0,{now:ddMMyy},,,A");
                var sum = Encoding.ASCII.GetBytes(line).Aggregate(0, (a, b) => a ^ b);
                var gga = string.Create(CultureInfo.InvariantCulture, $"GPGGA,{now:HHmmss.ff},42{minutes:00.0000},N,07106.5800,W,1,09,0.9,12.0,M,-33.0,M,,");
                var sumGga = Encoding.ASCII.GetBytes(gga).Aggregate(0, (a, b) => a ^ b);
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"${gga}*{sumGga:X2}\r\n${line}*{sum:X2}\r\n"), stop);
                await Task.Delay(200, stop);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The test is over, or the vehicle is.
        }
    }
}
