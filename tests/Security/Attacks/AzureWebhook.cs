using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ThreeOneOne.Field.Security.Fuzz;
using ThreeOneOne.Field.Security.Scene;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Support.IotHub;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>Deliveries at Azure's webhook without its key or with another; and with the right one for a vehicle that does not speak through Azure.</summary>
public sealed class AzureWebhook : IAttack
{
    private const string Epoch = "00000000000000bb";
    private const string Path = "azure/events";
    private long seq;

    public string Name => "Azure's webhook without or with a wrong key";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        await scene.Hub.Api.PostAsync("api/vehicles", new { id = SecurityHub.AzureVehicle, name = "azured", kind = "sensor-only" }, stop).ConfigureAwait(false);
        var before = await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false);
        var status = await SendAsync(scene, Path, [("X-Field-Key", scene.Hub.WebhookKey)], Delivery(SecurityHub.AzureVehicle), stop).ConfigureAwait(false);
        if (status != 200) return $"a delivery with the right key is answered {status}";
        await Eventually.TrueAsync(async () => await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false) == before + 1, "its record is accepted", TimeSpan.FromMinutes(2)).ConfigureAwait(false);
        return null;
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var (tried, let, crashed) = (0, 0, 0);
        var before = await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false);
        var right = scene.Hub.WebhookKey;
        var other = RandomNumberGenerator.GetHexString(48, lowercase: true);
        async Task TryAsync(string path, (string, string)[] headers, string body, bool mayAnswer = false)
        {
            tried++;
            var status = await SendAsync(scene, path, headers, body, stop).ConfigureAwait(false);
            if (status >= 500) crashed++;
            if (!mayAnswer && status < 400) let++;
        }

        (string Path, (string, string)[] Headers)[] wrong =
        [
            (Path, []), (Path, [("X-Field-Key", "")]), (Path, [("X-Field-Key", other)]), (Path, [("X-Field-Key", right[..^1])]), (Path, [("X-Field-Key", right + "0")]),
            (Path, [("X-Field-Key", right.ToUpperInvariant())]), (Path, [("X-Field-Key", right), ("X-Field-Key", other)]), (Path, [("X-Field-Key", new string('k', 5_000))]),
            (Path, [("Authorization", "Bearer " + right)]), (Path, [("Authorization", "Bearer " + scene.Hub.Key)]), (Path, [("aeg-sas-key", right)]), (Path, [("X-Field-Key", scene.Hub.Key)]),
            (Path + "?key=", []), (Path + "?key=" + other, []), (Path + "?key=" + right + "&key=" + other, []), (Path + "?KEY2=" + right, []), (Path + "?key=" + right, [("X-Field-Key", other)]),
        ];
        foreach (var (path, headers) in wrong)
        {
            await TryAsync(path, headers, Delivery(SecurityHub.AzureVehicle)).ConfigureAwait(false);
            await TryAsync(path, headers, """[{"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","topic":"x","data":{"validationCode":"c"}}]""").ConfigureAwait(false);
        }

        // Whoever holds the key is Azure: even so, only for the vehicles that are its own, by what it says of the session.
        (string, string)[] key = [("X-Field-Key", right)];
        foreach (var body in (string[])[Delivery("victim"), Delivery("victim", claims: SecurityHub.AzureVehicle), Delivery(SecurityHub.AzureVehicle, claims: "victim"), Delivery(SecurityHub.AzureVehicle, hub: "other.azure-devices.net")])
            await TryAsync(Path, key, body, mayAnswer: true).ConfigureAwait(false);
        // One behind them all: when it is there, they have been judged.
        if (await ControlAsync(scene, stop).ConfigureAwait(false) is { } fault) return new Tally(tried, let, crashed, fault);
        return new Tally(tried, let + (int)(await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false) - before - 1), crashed);
    }

    /// <param name="device">Whose session IoT Hub says it was.</param>
    /// <param name="claims">Who the message says it is of; null: the same.</param>
    private string Delivery(string device, string? claims = null, string hub = SecurityHub.AzureHost)
    {
        var message = new JsonObject
        {
            ["properties"] = new JsonObject { ["jurisdiction"] = SecurityScene.Jurisdiction, ["lane"] = "up" },
            ["systemProperties"] = new JsonObject { ["iothub-connection-device-id"] = device, ["iothub-enqueuedtime"] = TimeProvider.System.GetUtcNow().ToString("O") },
            ["body"] = Convert.ToBase64String(Records.Batch(claims ?? device, ++seq, epoch: Epoch)),
        };
        return new JsonArray(EventGridPoster.Event("Microsoft.Devices.DeviceTelemetry", device, TimeProvider.System.GetUtcNow(), message, hub.Split('.')[0], cloudEvents: false)).ToJsonString();
    }

    private static async Task<int> SendAsync(SecurityScene scene, string path, IEnumerable<(string Name, string Value)> headers, string body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await scene.Hub.Http.SendAsync(request, stop).ConfigureAwait(false);
        return (int)answer.StatusCode;
    }
}
