using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Hub.Tests.Webhooks;

/// <summary>Somebody else's server on the loopback: keeps every byte that it is sent, and answers as the test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Delivery> deliveries = new();

    private Receiver(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();

    /// <summary>Set before the answer; null: 204.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    public IReadOnlyList<Delivery> Deliveries => [.. deliveries];

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddLogging(l => l.ClearProviders());
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        deliveries.Enqueue(new Delivery(
            $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}", context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray()));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        if (Answer is { } answer) await answer(context);
    }

    /// <summary>One request as it arrived.</summary>
    public sealed record Delivery(string Line, IReadOnlyDictionary<string, string> Headers, byte[] Body)
    {
        public string Id => Headers["webhook-id"];

        public JsonElement Json => JsonDocument.Parse(Body).RootElement;

        public string Type => Json.GetProperty("event_type").GetString()!;

        public string Request => Json.GetProperty("request").GetProperty("service_request_id").GetString()!;

        /// <summary>Everything, to search in.</summary>
        public string Text => $"{Line}\n{string.Join('\n', Headers.Select(h => $"{h.Key}: {h.Value}"))}\n\n{Encoding.UTF8.GetString(Body)}";

        /// <summary>As a receiver does it by the specification of Standard Webhooks.</summary>
        public bool IsSignedWith(string secret)
        {
            var key = Convert.FromBase64String(secret["whsec_".Length..]);
            var signed = Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}.{Encoding.UTF8.GetString(Body)}");
            return Headers["webhook-signature"].Split(' ').Contains("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
        }
    }
}
