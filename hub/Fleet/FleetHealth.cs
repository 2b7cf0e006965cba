using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Fleet;

/// <summary>How the fleet is: judged when somebody asks, and each minute for the meters. Lets go of the past.</summary>
public sealed class FleetHealth : BackgroundService
{
    private const int Slice = 500;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private readonly Meter meter = new(HubSignals.Name);
    private readonly Database database;
    private readonly VehicleRegistry registry;
    private readonly VehicleStatuses statuses;
    private readonly FleetOptions options;
    private readonly FleetJudge judge;
    private readonly TimeProvider time;
    private readonly ILogger<FleetHealth> log;
    private volatile IReadOnlyList<FleetUnit> latest = [];

    public FleetHealth(Database database, VehicleRegistry registry, VehicleStatuses statuses, FleetOptions options, TimeProvider time, ILogger<FleetHealth> log)
    {
        (this.database, this.registry, this.statuses, this.options, this.time, this.log) = (database, registry, statuses, options, time, log);
        judge = new FleetJudge(options);
        meter.CreateObservableGauge("field.fleet.attention", () => latest.Count(u => u.Attention.Count > 0), "{vehicle}", "Vehicles that need somebody's attention");
        meter.CreateObservableGauge("field.fleet.attention.reasons", Reasons, "{vehicle}", "Vehicles by the reason why they need attention");
    }

    /// <summary>All vehicles, those that need attention first.</summary>
    public async Task<IReadOnlyList<FleetUnit>> LookAsync(CancellationToken cancel)
    {
        var (health, certificates, revoked) = await database.ReadAsync(c => (HealthStore.Newest(c), EnrolmentStore.Ends(c), EnrolmentStore.Barred(c)), cancel).ConfigureAwait(false);
        var now = time.GetUtcNow();
        latest =
        [
            .. registry.All
                .Select(v => judge.Look(v, statuses.Find(v.Id), health.GetValueOrDefault(v.Id), certificates.TryGetValue(v.Id, out var ends) ? ends : null, revoked.Contains(v.Id), now))
                .OrderByDescending(u => u.Attention.Count > 0).ThenBy(u => u.Id, StringComparer.Ordinal),
        ];
        return latest;
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "A failing round is logged and the next one tries again.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
                var before = time.GetUtcNow().AddDays(-options.HistoryDays);
                while (await database.WriteAsync(s => HealthStore.Drop(s, before, Slice), WritePriority.Bulk, stoppingToken).ConfigureAwait(false) == Slice)
                {
                    // Slice by slice: others write in between.
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.RoundFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private IEnumerable<Measurement<int>> Reasons() =>
        latest.SelectMany(u => u.Attention.Select(a => a.Code).Distinct()).GroupBy(c => c, StringComparer.Ordinal)
            .Select(g => new Measurement<int>(g.Count(), new KeyValuePair<string, object?>("reason", g.Key)));
}
