using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// Brings what the books say to the broker: at once when the hub itself changes them, within seconds when a command beside it
/// does. Makes the revocation lists anew long before they end, and raises an alarm when it cannot.
/// </summary>
public sealed class IdentityWatch : BackgroundService
{
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AuthorityNearEnd = TimeSpan.FromDays(730);
    private static readonly TimeSpan BetweenAlarms = TimeSpan.FromHours(6);

    private readonly CertificateAuthority authority;
    private readonly VehicleRegistry registry;
    private readonly Database database;
    private readonly EnrolmentOptions options;
    private readonly DoorPlace door;
    private readonly TimeProvider time;
    private readonly ILogger<IdentityWatch> log;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Meter meter = new(HubSignals.Name);
    private IReadOnlyDictionary<string, long> done = new Dictionary<string, long>();
    private long applied = -1;
    private DateTimeOffset? appliedAt;
    private DateTimeOffset? alarmedAt;
    private long listsEndTicks;

    public IdentityWatch(
        CertificateAuthority authority, VehicleRegistry registry, Database database, EnrolmentOptions options, DoorPlace door, TimeProvider time, ILogger<IdentityWatch> log)
    {
        (this.authority, this.registry, this.database, this.options, this.door, this.time, this.log) = (authority, registry, database, options, door, time, log);
        meter.CreateObservableGauge("field.enrolment.lists.left", Left, "s", "Until the revocation lists end");
        meter.CreateObservableGauge("field.enrolment.authority.left", () => (AuthorityEnd - time.GetUtcNow()).TotalSeconds, "s", "Until the newest authority ends");
    }

    /// <summary>The broker's part; returns when rules and lists are in force. One at a time.</summary>
    public Func<IdentityState, CancellationToken, Task>? Tell { get; set; }

    /// <summary>When the lists that the broker has end; null before the first.</summary>
    public DateTimeOffset? ListsEnd => Interlocked.Read(ref listsEndTicks) is not 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    private DateTimeOffset AuthorityEnd => authority.Generations[^1].Certificate.NotAfter.ToUniversalTime();

    /// <summary>Tells the broker what has changed, if anything has. Does not throw: what failed is tried again.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever keeps the broker from being told, it is tried again, and said.")]
    public async Task ApplyAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await LookAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.NotApplied(e.Message);
            if (ListsEnd is { } end && end - time.GetUtcNow() < TimeSpan.FromDays(options.ListDays) / 4 && IsAlarmDue()) log.ListEnds(end);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>What holds now, for a broker that is about to start.</summary>
    public async Task<IdentityState> ReadAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        authority.Reload();
        var (barred, serials) = await database.ReadAsync(c => (EnrolmentStore.Barred(c), EnrolmentStore.Revoked(c, now)), cancel).ConfigureAwait(false);
        return new IdentityState(barred.ToHashSet(StringComparer.Ordinal), authority.SignLists(serials, TimeSpan.FromDays(options.ListDays)), []);
    }

    public override void Dispose()
    {
        meter.Dispose();
        turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (door.Current is { } place) log.DoorListens(place.Host, place.Port);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.WatchSeconds), time);
        do
        {
            await ApplyAsync(stoppingToken).ConfigureAwait(false);
            if (AuthorityEnd - time.GetUtcNow() < AuthorityNearEnd && IsAlarmDue()) log.AuthorityEnds(AuthorityEnd);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        if (Tell is not { } tell) return;
        var now = time.GetUtcNow();
        var life = TimeSpan.FromDays(options.ListDays);
        var changes = await database.ReadAsync(EnrolmentStore.Changes, cancel).ConfigureAwait(false);
        var hasNewAuthority = authority.Reload();
        if (!hasNewAuthority && changes == applied && ListsEnd is { } end && end - now > life / 2) return;
        // What a command registered is not in memory yet.
        await registry.RefreshAsync(cancel).ConfigureAwait(false);
        var (barred, serials, ended) = await database.ReadAsync(
            c => (EnrolmentStore.Barred(c), EnrolmentStore.Revoked(c, now), EnrolmentStore.EndedSince(c, (appliedAt ?? now.AddDays(-1)) - Overlap)), cancel).ConfigureAwait(false);
        // What a clock beside ours wrote may lie a little back; each revocation ends a session once.
        var fresh = ended.Where(e => e.Value > done.GetValueOrDefault(e.Key)).Select(e => e.Key).ToList();
        await tell(new IdentityState(barred.ToHashSet(StringComparer.Ordinal), authority.SignLists(serials, life), fresh), cancel).ConfigureAwait(false);
        (applied, appliedAt, done) = (changes, now, ended);
        Interlocked.Exchange(ref listsEndTicks, (now + life).UtcTicks);
        log.Applied(serials.Count, fresh.Count);
    }

    private IEnumerable<Measurement<double>> Left() => ListsEnd is { } end ? [new Measurement<double>((end - time.GetUtcNow()).TotalSeconds)] : [];

    private bool IsAlarmDue()
    {
        var now = time.GetUtcNow();
        if (alarmedAt is { } last && now - last < BetweenAlarms) return false;
        alarmedAt = now;
        return true;
    }
}
