using System.Text.Json;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Demo;
using ThreeOneOne.Field.Fleet.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Crews;

/// <summary>
/// Gives open requests to the nearest crew of the trade by the hub's API, as the office would. Leaves some for the people
/// at the page when nobody has set an end.
/// </summary>
public sealed class Dispatcher(
    HubApi api, FeedWatch feed, IReadOnlyList<(VehiclePlan Plan, SimulatedVehicle Vehicle)> crews, CityPlane plane, bool leaveSome, TimeProvider time)
{
    private const int MostPerCrew = 2;
    private const int LeftToPeople = 3;

    // Long enough on the list for a person to see it open.
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, long> _seen = [];
    private readonly HashSet<string> _given = [];

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), time);
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                foreach (var request in feed.Requests) await ConsiderAsync(request, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the day.
        }
    }

    private async Task ConsiderAsync(JsonElement request, CancellationToken stop)
    {
        var number = HubApi.Text(request, "number")!;
        // What waits for review is nobody's work yet.
        if (HubApi.Text(request, "stage") is "review" or "held") return;
        if (HubApi.Text(request, "status") != "open" || HubApi.Text(request, "order") is not null || _given.Contains(number)) return;
        if (_seen.TryAdd(number, time.GetTimestamp()))
        {
            if (leaveSome && _seen.Count % LeftToPeople == 0) _given.Add(number);
            return;
        }

        if (time.GetElapsedTime(_seen[number]) < FirstLook) return;
        var at = plane.ToPlace(new GeoPoint(request.GetProperty("lat").GetDouble(), request.GetProperty("lon").GetDouble()));
        var load = feed.Orders.Where(IsOpen).Select(o => HubApi.Text(o, "crew")).OfType<string>().CountBy(c => c).ToDictionary();
        var free = crews.Where(c => c.Plan.Service == HubApi.Text(request, "service") && load.GetValueOrDefault(c.Plan.CrewId) < MostPerCrew)
            .OrderBy(c => c.Vehicle.At.DistanceTo(at)).Select(c => c.Plan.CrewId).FirstOrDefault();
        if (free is null) return;
        _given.Add(number);
        try
        {
            await api.PostAsync("api/work-orders", new { request = number, crew = free }, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or HttpRequestException)
        {
            // Withdrawn or closed meanwhile, or the hub is away: the next look decides again.
            _given.Remove(number);
            _seen[number] = time.GetTimestamp();
        }
    }

    private static bool IsOpen(JsonElement order) =>
        HubApi.Text(order, "state") is "unassigned" or "assigned" or "accepted" or "arrived" or "started" or "suspended" or "made-safe" or "waiting" or "handed-over";
}
