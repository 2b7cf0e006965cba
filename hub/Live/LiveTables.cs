using System.Data.Common;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.WorkOrders;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary>The tables of the feed, and which committed events change them: one line each.</summary>
public sealed class LiveTables : ILivePart
{
    private const long WithoutTarget = long.MaxValue - 1;

    private readonly ILivePart[] all;
    private readonly LiveOptions options;

    public LiveTables(LiveInbox inbox, LiveOptions options)
    {
        this.options = options;
        Requests = new("requests", r => r.Number, r => r.UpdatedAt, r => r.Status == "open", options.KeepClosed, options.SnapshotRequests,
            r => r.Status == "open" ? r.TargetAt?.UtcTicks ?? WithoutTarget : long.MaxValue, options.SnapshotPart);
        Orders = new("orders", o => o.Id, o => o.UpdatedAt, o => !OrderState.Ended.Contains(o.State), TimeSpan.Zero, options.SnapshotRequests);
        Crews = new("crews", c => c.Id, _ => DateTimeOffset.MaxValue, _ => true, TimeSpan.Zero, int.MaxValue);
        // A call for help stays in sight until the office takes it on.
        Alerts = new("alerts", a => a.Id, a => a.AcknowledgedAt ?? DateTimeOffset.MaxValue, a => a.AcknowledgedAt is null, TimeSpan.Zero, int.MaxValue);
        all = [Requests, Orders, Crews, Alerts];
        inbox.Hear<RequestChanged>(e => Requests.Put(e.Summary));
        inbox.Hear<OrderChanged>(e => Orders.Put(e.Summary));
        inbox.Hear<CrewChanged>(e => Crews.Put(e.Summary));
        inbox.Hear<CrewAlertChanged>(e => Alerts.Put(e.Alert));
    }

    public LiveTable<RequestSummary> Requests { get; }

    public LiveTable<OrderSummary> Orders { get; }

    public LiveTable<CrewSummary> Crews { get; }

    public LiveTable<CrewAlert> Alerts { get; }

    /// <summary>Takes what was stored when the hub started.</summary>
    public void Load(DbConnection connection, DateTimeOffset now)
    {
        Requests.Load(TicketReading.LiveSummaries(connection, now - options.KeepClosed, options.SnapshotRequests));
        Orders.Load(OrderStore.OpenSummaries(connection));
        Crews.Load(CrewStore.Summaries(connection));
        Alerts.Load(CrewAlertStore.Calls(connection));
    }

    public void WriteSnapshot(Utf8JsonWriter json, DateTimeOffset at)
    {
        foreach (var table in all) table.WriteSnapshot(json, at);
    }

    public bool WriteMore(Utf8JsonWriter json, int part) => Requests.WriteMore(json, part);

    public void WriteChanges(Utf8JsonWriter json, DateTimeOffset at)
    {
        foreach (var table in all) table.WriteChanges(json, at);
    }
}
