using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Hub.Tests.Profiles;

/// <summary>The hub with its own mosquitto, and the agent's program over mutual TLS, kept running as a service manager does.</summary>
public sealed class WholeRollOutTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly string[] Vehicles = ["unit-1", "unit-2"];

    private readonly ServerFolder folder = new("profiles");
    private readonly Dictionary<string, SupervisedProcess> agents = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var agent in agents.Values) await agent.DisposeAsync();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_good_profile_reaches_all_a_bad_one_stops_at_its_canary_and_the_last_is_taken_back()
    {
        folder.HandOver();
        await using var hub = await ComposedHub.StartAsync(Path.Combine(folder.Path, "data"), s => (s.Profiles.ResendSeconds, s.Profiles.SoakMinutes) = (1, 0));
        foreach (var vehicle in Vehicles) agents[vehicle] = await EnrolAsync(hub, vehicle);
        await DoneAsync(hub, await RollOutAsync(hub, """{ "Uplink": { "BatchRecords": 30 } }"""), "done");
        // Its own file sets nothing that a profile could.
        await DriftAsync(hub, "none");

        // A receiver that does not exist. The power of the canary goes while it tries.
        var bad = await RollOutAsync(hub, $$"""{ "Uplink": { "BatchRecords": 30 }, "Position": { "Source": "tcp:127.0.0.1:{{FreePort.Next()}}" } }""");
        await Eventually.TrueAsync(async () => (await VehicleAsync(hub, "unit-1")).GetProperty("outcome").GetString() is "trying" or "rolled-back", "the canary tries it", Longest);
        await agents["unit-1"].KillAsync();
        var stopped = await DoneAsync(hub, bad, "stopped");
        Assert.Contains("unit-1: position: missing", stopped.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("waiting", (await VehicleAsync(hub, "unit-2")).GetProperty("outcome").GetString());

        using var back = await hub.Client.PostAsync(new Uri("/api/device-profiles/roll-back", UriKind.Relative), null);
        back.EnsureSuccessStatusCode();
        await DoneAsync(hub, (await back.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("rollOut").GetProperty("version").GetInt64(), "done");
        await DriftAsync(hub, "none");
    }

    private static async Task<long> RollOutAsync(ComposedHub hub, string settings)
    {
        using var answer = await hub.Client.PostAsJsonAsync(new Uri("/api/device-profiles/roll-outs", UriKind.Relative), new
        {
            stages = new[] { 50, 100 },
            canaries = new[] { "unit-1" },
            vehicles = Vehicles.ToDictionary(v => v, _ => new { settings = JsonNode.Parse(settings) }),
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("rollOut").GetProperty("version").GetInt64();
    }

    private async Task<JsonElement> DoneAsync(ComposedHub hub, long version, string state)
    {
        var view = "";
        try
        {
            await Eventually.TrueAsync(async () =>
            {
                view = await hub.Client.GetStringAsync(new Uri("/api/device-profiles", UriKind.Relative));
                var rollOut = JsonDocument.Parse(view).RootElement.GetProperty("rollOut");
                return rollOut.GetProperty("version").GetInt64() == version && rollOut.GetProperty("state").GetString() == state;
            }, $"roll-out {version} is {state}", Longest);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{view}\n{string.Join("\n", agents.Select(a => a.Value.Output))}", e);
        }

        return JsonDocument.Parse(view).RootElement.GetProperty("rollOut");
    }

    private static Task DriftAsync(ComposedHub hub, string drift) => Eventually.TrueAsync(async () =>
    {
        foreach (var vehicle in Vehicles)
        {
            if ((await VehicleAsync(hub, vehicle)).GetProperty("drift").GetString() != drift) return false;
        }

        return true;
    }, $"drift is {drift}", Longest);

    private static async Task<JsonElement> VehicleAsync(ComposedHub hub, string id) =>
        JsonDocument.Parse(await hub.Client.GetStringAsync(new Uri($"/api/vehicles/{id}/device-profile", UriKind.Relative))).RootElement.GetProperty("standing");

    private async Task<SupervisedProcess> EnrolAsync(ComposedHub hub, string id)
    {
        using var registered = await hub.Client.PostAsJsonAsync(new Uri("/api/vehicles", UriKind.Relative), new { id, name = id, kind = "crewed" });
        registered.EnsureSuccessStatusCode();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var csr = new StringContent(new CertificateRequest("CN=any", key, HashAlgorithmName.SHA256).CreateSigningRequestPem(), Encoding.UTF8, "text/plain");
        using var signed = await hub.Client.PostAsync(new Uri($"/api/vehicles/{id}/certificate", UriKind.Relative), csr);
        signed.EnsureSuccessStatusCode();
        var answer = JsonDocument.Parse(await signed.Content.ReadAsStringAsync()).RootElement;
        var own = Directory.CreateDirectory(Path.Combine(folder.Path, id)).FullName;
        string Keep(string name, string text)
        {
            var path = Path.Combine(own, name);
            File.WriteAllText(path, text);
            return path;
        }

        var config = Keep("agent.json", JsonSerializer.Serialize(new
        {
            Vehicle = new { Id = id, Jurisdiction = "cambridge-ma", Data = Path.Combine(own, "data") },
            Link = new
            {
                Host = answer.GetProperty("host").GetString(), Port = answer.GetProperty("port").GetInt32(),
                CaFile = Keep("ca.crt", answer.GetProperty("ca").GetString()!), CertificateFile = Keep("vehicle.crt", answer.GetProperty("certificate").GetString()!), KeyFile = Keep("vehicle.key", key.ExportPkcs8PrivateKeyPem()),
                ProfileKeysFile = Keep("profile-keys.pem", hub.Services.GetRequiredService<HandedKeys>().ProfilePem),
            },
        }));
        return new SupervisedProcess(
            "env", ["FIELD_Trial__Minutes=0.1", "FIELD_Trial__SettleSeconds=0.5", "FIELD_Uplink__StatusSeconds=0.2", "FIELD_Outbox__GroupSeconds=0.05", Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Repository.AgentProgram, "run", "--config", config]);
    }
}
