using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>The API of a running hub, for the commands on device profiles.</summary>
public sealed class ProfileApi : IDisposable
{
    private readonly HttpClient http;

    /// <param name="address">Where the hub listens.</param>
    /// <param name="key">An API key.</param>
    public ProfileApi(string address, string key)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) throw new InvalidOperationException($"--hub = '{address}': expected a URL such as http://localhost:8311");
        // Over a network the key would be anybody's.
        if (uri.Scheme == "http" && !uri.IsLoopback) throw new InvalidOperationException($"--hub = '{address}': expected https, unless the hub is this machine");
        http = new HttpClient { BaseAddress = uri };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Task<DeviceProfilesView> StatusAsync() => AskAsync<DeviceProfilesView>(HttpMethod.Get, "/api/device-profiles");

    public Task<DeviceProfilesView> RollBackAsync() => AskAsync<DeviceProfilesView>(HttpMethod.Post, "/api/device-profiles/roll-back");

    public Task<DeviceProfilesView> RollOutAsync(IReadOnlyDictionary<string, VehicleSettings> vehicles, int[]? stages, string[]? canaries) =>
        AskAsync<DeviceProfilesView>(HttpMethod.Post, "/api/device-profiles/roll-outs", new BeginRollOut.Request(
            vehicles.ToDictionary(v => v.Key, v => new BeginRollOut.VehicleRequest(v.Value.Settings, v.Value.Origins.ToDictionary())), stages, canaries));

    /// <summary>What a vehicle should have; nothing for one that the hub does not know.</summary>
    public async Task<VehicleSettings> MeantAsync(string vehicle)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/vehicles/{vehicle}/device-profile");
        using var answer = await SendAsync(request).ConfigureAwait(false);
        if (answer.StatusCode == System.Net.HttpStatusCode.NotFound) return new VehicleSettings([], new Dictionary<string, string>());
        var read = await ReadAsync<ReadDeviceProfiles.Answer>(answer).ConfigureAwait(false);
        return new VehicleSettings(read.Settings, read.Origins);
    }

    public void Dispose() => http.Dispose();

    private async Task<T> AskAsync<T>(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: HubJson.Options);
        using var answer = await SendAsync(request).ConfigureAwait(false);
        return await ReadAsync<T>(answer).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        try
        {
            return await http.SendAsync(request).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new InvalidOperationException($"the hub at {http.BaseAddress} does not answer: {e.Message}", e);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode) return (await answer.Content.ReadFromJsonAsync<T>(HubJson.Options).ConfigureAwait(false))!;
        var text = await answer.Content.ReadAsStringAsync().ConfigureAwait(false);
        throw new InvalidOperationException($"the hub answered {(int)answer.StatusCode}: {Words(text)}");
    }

    private static string Words(string text)
    {
        try
        {
            var problem = JsonNode.Parse(text)?.AsObject();
            if (problem?["errors"] is JsonObject errors) return string.Join("\n", errors.SelectMany(e => e.Value!.AsArray().Select(v => $"{e.Key}: expected {v}")));
            return (string?)problem?["detail"] ?? (string?)problem?["title"] ?? "no reason given";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return text.Length <= 200 ? text : text[..200];
        }
    }
}
