using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace ThreeOneOne.Field.FaultLab.Programs;

/// <summary>The screen in the cabin, by the agent's own endpoints. What it called saved must never be lost.</summary>
internal sealed class CrewScreen(int port) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Null while the screen cannot be reached.</summary>
    public async Task<ScreenState?> StateAsync()
    {
        try
        {
            var state = await http.GetFromJsonAsync<JsonElement>(new Uri("console/state", UriKind.Relative)).ConfigureAwait(false);
            return new ScreenState(
                state.GetProperty("connected").GetBoolean(), state.GetProperty("unsent").GetInt32(), state.GetProperty("unsentActions").GetInt32(),
                state.GetProperty("shift").GetProperty("state").GetString() ?? "",
                state.GetProperty("orders").EnumerateArray().ToDictionary(o => o.GetProperty("id").GetString()!, o => o.GetProperty("state").GetString()!),
                state.TryGetProperty("fixAgeSeconds", out var age) && age.ValueKind == JsonValueKind.Number ? age.GetDouble() : null);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or JsonException or OperationCanceledException)
        {
            return null;
        }
    }

    public Task<ScreenReply> ShiftAsync(string state, string crew) => PostAsync("console/shift", new { state, crew, members = new[] { "m-1" } });

    /// <returns>SHA-256 of the photo; null when it is not saved.</returns>
    public async Task<string?> SavePhotoAsync(byte[] photo)
    {
        try
        {
            using var content = new ByteArrayContent(photo);
            content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            using var answer = await http.PostAsync(new Uri("console/attachments", UriKind.Relative), content).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode) return null;
            return (await answer.Content.ReadFromJsonAsync<JsonElement>().ConfigureAwait(false)).GetProperty("sha256").GetString();
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or JsonException or OperationCanceledException)
        {
            return null;
        }
    }

    public Task<ScreenReply> ActAsync(object action) => PostAsync("console/actions", action);

    public void Dispose() => http.Dispose();

    private async Task<ScreenReply> PostAsync(string path, object body)
    {
        try
        {
            using var content = JsonContent.Create(body);
            await content.LoadIntoBufferAsync().ConfigureAwait(false);
            using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode) return new ScreenReply((int)answer.StatusCode == 409 ? Said.Refused : Said.NotSaved, null, 0);
            var saved = await answer.Content.ReadFromJsonAsync<JsonElement>().ConfigureAwait(false);
            return new ScreenReply(
                Said.Saved, saved.TryGetProperty("epoch", out var epoch) ? epoch.GetString() : null,
                saved.TryGetProperty("seq", out var seq) && seq.ValueKind == JsonValueKind.Number ? seq.GetInt64() : 0);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or JsonException or OperationCanceledException)
        {
            return new ScreenReply(Said.Nothing, null, 0);
        }
    }
}
