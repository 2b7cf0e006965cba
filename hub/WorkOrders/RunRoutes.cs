using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Makes an order of each inspection route when its day comes.</summary>
public sealed class RunRoutes(Database database, CreateOrder create, HubOptions hub, WorkOrdersOptions options, TimeProvider time, ILogger<RunRoutes> log) : BackgroundService
{
    private const int MostAtOnce = 50;
    private const string Who = "route";

    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);

    /// <summary>Looks once.</summary>
    /// <returns>Numbers of the orders that were made.</returns>
    public Task<List<string>> RunOnceAsync(CancellationToken cancel) => database.WriteAsync(scope =>
    {
        var made = new List<string>();
        foreach (var route in RouteStore.Due(scope, MostAtOnce))
        {
            var crew = route.Crew is not null && CrewStore.FindSummary(scope, route.Crew) is not null ? route.Crew : null;
            var order = create.CreateFor(
                scope,
                new NewOrder
                {
                    Service = route.Service, Kind = OrderKind.Inspection, Title = route.Name, At = route.Stops[0].At, Stops = [.. route.Stops],
                    TargetAt = InspectionRoute.Instant(route.NextDay.AddDays(1), 0, zone),
                },
                crew, Who);
            made.Add(order.Number);
            RouteStore.Save(scope, route.After(scope.Now, zone), zone);
        }

        return made;
    }, WritePriority.Bulk, cancel);

    [SuppressMessage("Design", "CA1031", Justification = "A failing round is logged and the next one tries again.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.RouteSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await RunOnceAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.RoutesFailed(e);
            }
        }
    }
}
