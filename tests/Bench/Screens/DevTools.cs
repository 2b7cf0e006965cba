using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ThreeOneOne.Field.Bench.Screens;

/// <summary>The browser's developer tools, asked one thing at a time.</summary>
internal sealed class DevTools : IDisposable
{
    private readonly ClientWebSocket socket = new();
    private int asked;

    private DevTools()
    {
    }

    public static async Task<DevTools> ConnectAsync(int port, CancellationToken stop)
    {
        using var client = new HttpClient();
        var about = JsonNode.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json/version"), stop).ConfigureAwait(false))!;
        var tools = new DevTools();
        await tools.socket.ConnectAsync(new Uri((string)about["webSocketDebuggerUrl"]!), stop).ConfigureAwait(false);
        return tools;
    }

    /// <param name="method">Such as <c>Runtime.getHeapUsage</c>.</param>
    /// <param name="values">Its parameters.</param>
    /// <param name="session">Of a target; null: the browser itself.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<JsonNode> AskAsync(string method, JsonObject? values, string? session, CancellationToken stop)
    {
        var id = ++asked;
        var question = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = values ?? [] };
        if (session is not null) question["sessionId"] = session;
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(question), WebSocketMessageType.Text, endOfMessage: true, stop).ConfigureAwait(false);
        while (true)
        {
            var answer = await ReadAsync(stop).ConfigureAwait(false);
            if ((int?)answer["id"] != id) continue;
            return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer["error"]}");
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task<JsonNode> ReadAsync(CancellationToken stop)
    {
        using var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, stop).ConfigureAwait(false);
            text.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return JsonNode.Parse(text.ToArray())!;
        }
    }
}
