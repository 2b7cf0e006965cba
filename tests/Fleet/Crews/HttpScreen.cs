using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Crews;

/// <summary>The screen of an agent process, by the endpoints of its console.</summary>
public sealed class HttpScreen(int port) : ICrewScreen, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromSeconds(10) };

    public async Task<IReadOnlyList<CrewOrder>?> OrdersAsync(CancellationToken stop)
    {
        try
        {
            var state = await _http.GetFromJsonAsync<JsonElement>(new Uri("console/state", UriKind.Relative), stop).ConfigureAwait(false);
            return [.. state.GetProperty("orders").EnumerateArray().Select(o => new CrewOrder(
                o.GetProperty("id").GetString()!, o.GetProperty("service").GetString()!,
                new GeoPoint(o.GetProperty("lat").GetDouble(), o.GetProperty("lon").GetDouble()),
                o.TryGetProperty("pole", out var pole) ? pole.GetString() : null, o.GetProperty("state").GetString()!,
                o.TryGetProperty("mustAcknowledge", out var must) && must.GetBoolean()))];
        }
        catch (Exception e) when (IsAway(e, stop))
        {
            return null;
        }
    }

    public Task<bool> ShiftAsync(ShiftState state, string crew, string[] members, CancellationToken stop) =>
        PostAsync("console/shift", new { state = Word(state.ToString()), crew, members }, stop);

    public Task<bool> ActAsync(
        string id, CrewActionKind kind, string order, string? reason, string? photo, CancellationToken stop, RepairPoint? point = null, UsedItem[]? used = null) =>
        PostAsync("console/actions", new { id, kind = Word(kind.ToString()), order, reason, attachments = photo is null ? null : new[] { photo }, point, used }, stop);

    public async Task<string?> KeepPhotoAsync(byte[] png, CancellationToken stop)
    {
        try
        {
            using var content = new ByteArrayContent(png);
            content.Headers.ContentType = new MediaTypeHeaderValue(AttachmentType.Png);
            using var answer = await _http.PostAsync(new Uri("console/attachments", UriKind.Relative), content, stop).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode) return null;
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(stop).ConfigureAwait(false)).GetProperty("sha256").GetString();
        }
        catch (Exception e) when (IsAway(e, stop))
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> PostAsync(string path, object body, CancellationToken stop)
    {
        try
        {
            using var content = JsonContent.Create(body);
            await content.LoadIntoBufferAsync(stop).ConfigureAwait(false);
            using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content, stop).ConfigureAwait(false);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (IsAway(e, stop))
        {
            return false;
        }
    }

    // A vehicle that was switched off comes back.
    private static bool IsAway(Exception e, CancellationToken stop) =>
        e is HttpRequestException or JsonException || (e is OperationCanceledException && !stop.IsCancellationRequested);

    private static string Word(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
