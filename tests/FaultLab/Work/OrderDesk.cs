using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using ThreeOneOne.Field.FaultLab.Programs;

namespace ThreeOneOne.Field.FaultLab.Work;

/// <summary>The office: opens requests and gives them to crews, by the hub's API, while the hub can be reached.</summary>
internal sealed class OrderDesk(LabHub hub) : IDisposable
{
    private readonly ConcurrentDictionary<string, (string Crew, string Request)> orders = new();
    private readonly ConcurrentDictionary<string, bool> wanted = new();
    private readonly SemaphoreSlim one = new(1);
    private int number;

    /// <summary>Every order that the hub said it made, and whose it is.</summary>
    public IReadOnlyDictionary<string, (string Crew, string Request)> Orders => orders;

    public void Dispose() => one.Dispose();

    /// <summary>A crew runs out of work.</summary>
    public void Want(LabVehicle vehicle) => wanted[vehicle.Crew] = true;

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                foreach (var crew in wanted.Keys)
                {
                    wanted.TryRemove(crew, out _);
                    for (var i = 0; i < 3; i++) await GiveAsync(crew, stop).ConfigureAwait(false);
                }

                await Task.Delay(50, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the run.
        }
    }

    /// <summary>Opens a request and gives it to the crew.</summary>
    /// <returns>The order; null when the hub cannot be reached, and then nobody knows whether it was made.</returns>
    public async Task<string?> GiveAsync(string crew, CancellationToken stop)
    {
        await one.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            // Apart enough that no two requests are one place.
            var n = ++number;
            var (lat, lon) = (42.36 + n % 100 * 0.0008, -71.13 + n / 100 * 0.001);
            var request = await hub.Api.PostAsync(
                "api/requests", new { service = "street-light-out", lat, lon, description = string.Create(CultureInfo.InvariantCulture, $"by hand {n}") }, stop).ConfigureAwait(false);
            var sr = request!.Value.GetProperty("number").GetString()!;
            var order = await hub.Api.PostAsync("api/work-orders", new { request = sr, crew }, stop).ConfigureAwait(false);
            var id = order!.Value.GetProperty("id").GetString()!;
            orders[id] = (crew, sr);
            return id;
        }
        catch (Exception e) when (e is HttpRequestException or InvalidDataException or JsonException or InvalidOperationException
            || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return null;
        }
        finally
        {
            one.Release();
        }
    }
}
