using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Hub.CitySystem;
using Xunit.Abstractions;

namespace ThreeOneOne.Field.Hub.Tests.CitySystem;

/// <summary>The hostile city as a real server on the loopback, on the clock on the wall: sockets, time-outs and cut connections as they are.</summary>
public sealed class RealCityTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_request_is_at_the_city_once_over_real_connections()
    {
        const int requests = 40;
        var temper = CityTemper.Foul with { HubEnds = 0, HubStalls = 0, Lag = TimeSpan.FromMilliseconds(500), SlowCommit = TimeSpan.FromMilliseconds(500), CutAfter = 0.15 };
        var city = new HostileCity(311, temper, TimeProvider.System);
        await using var server = await ServeAsync(city);
        var folder = Directory.CreateTempSubdirectory("field-city-").FullName;
        try
        {
            var options = new CitySystemOptions
            {
                Url = server.Urls.First() + "/open311/v2", Services = new() { ["pothole"] = "PH-1" }, Concurrency = 8, CallsPerMinute = 60_000, Timeout = TimeSpan.FromSeconds(1),
                Lease = TimeSpan.FromSeconds(10), VisibilityDelay = TimeSpan.FromSeconds(3), FirstBackOff = TimeSpan.FromSeconds(1), LongestBackOff = TimeSpan.FromSeconds(10), MostAttempts = 50,
            };
            await using var hub = new CityHub(folder, options, TimeProvider.System, _ => CityHttp.Handler(options));
            await hub.QueueAsync(Enumerable.Range(0, requests).Select(i => ($"SR-26-{i:000000}", new PushBody { Service = "pothole", Lat = 42.3 + (i * 0.001), Lon = -71.1, Description = $"Hole {i}" })));
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(10));
            while (await hub.Worker.NextDueAsync(patience.Token) is not null)
            {
                if (await hub.Worker.RunDueAsync(patience.Token) == 0) await Task.Delay(50, patience.Token);
            }

            var pushes = await hub.PushesAsync();
            output.WriteLine($"{city.Posts} POSTs; {string.Join(", ", city.Faults.Select(f => $"{f.Value} {f.Key}"))}");
            Assert.All(pushes, p => Assert.Equal(PushState.Delivered, p.State));
            Assert.Equal(requests, city.Truth.Count);
            Assert.Equal(pushes.Select(p => p.Remote).Order(), city.Truth.Select(t => t.Id).Order());
            // A handler that sends a POST again by itself would show here. One that a busy machine did not carry within the second is an attempt as well.
            Assert.InRange(city.Posts, requests, pushes.Sum(p => p.Attempts));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<WebApplication> ServeAsync(HostileCity city)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddLogging(l => l.ClearProviders());
        var app = builder.Build();
        app.Run(async context =>
        {
            var path = context.Request.Path.Value!["/open311/v2/".Length..];
            var fields = context.Request.HasFormContentType
                ? (await context.Request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString())
                : context.Request.Query.ToDictionary(f => f.Key, f => f.Value.ToString());
            var (fate, reply) = city.Handle(context.Request.Method, path, fields);
            if (fate == HostileCity.Fate.TimedOut)
            {
                // Until the client has had enough.
                var gone = new TaskCompletionSource();
                await using var _ = context.RequestAborted.Register(gone.SetResult);
                await gone.Task;
            }

            if (reply is null)
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = reply.Status;
            context.Response.ContentType = reply.ContentType;
            if (reply.RetryAfterSeconds is not null) context.Response.Headers.RetryAfter = "1";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(reply.Body));
        });
        await app.StartAsync();
        return app;
    }
}
