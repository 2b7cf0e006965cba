using System.Data.Common;
using System.Text.Json;
using Dapper;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>SQL of what was done with orders.</summary>
public static class OrderEventStore
{
    private const string Columns =
        """
        e.vehicle AS Vehicle, e.epoch AS Epoch, e.seq AS Seq, e.order_id AS OrderId, e.kind AS Kind, e.at_ms AS AtMs, e.fix_ms AS FixMs,
        e.device_ms AS DeviceMs, e.replay AS Replay, e.crew AS Crew, e.shift AS Shift, e.member AS Member, e.who AS Who,
        e.action AS Action, e.undoes AS Undoes, e.reason AS Reason, e.note AS Note, e.automatic AS Automatic, e.lat AS Lat, e.lon AS Lon,
        e.accuracy AS AccuracyM, e.distance AS DistanceM, e.far AS Far, e.resolution AS Resolution, e.until_ms AS UntilMs,
        e.to_crew AS ToCrew, e.detail AS Detail
        """;

    /// <summary>Epoch of what one action did to a second order: a fill beside an open request that nobody assigned.</summary>
    private const string Beside = "/beside";

    /// <summary>The same action on another order; undoing the action takes back both.</summary>
    public static OrderEvent BesideOf(OrderEvent e, string order) => e with { Epoch = e.Epoch + Beside, Order = order, Kind = OrderEventKind.FixedHere, Used = null };

    public static void Add(WriteScope scope, OrderEvent e) =>
        scope.Execute(
            """
            INSERT INTO order_events (vehicle, epoch, seq, order_id, kind, at_ms, fix_ms, device_ms, replay, crew, shift, member, who,
              action, undoes, reason, note, automatic, lat, lon, accuracy, distance, far, resolution, until_ms, to_crew, detail)
            VALUES (@Vehicle, @Epoch, @Seq, @Order, @Kind, @AtMs, @FixMs, @DeviceMs, @Replay, @Crew, @Shift, @Member, @Who,
              @Action, @Undoes, @Reason, @Note, @Automatic, @Lat, @Lon, @AccuracyM, @DistanceM, @Far, @Resolution, @UntilMs, @To, @Detail)
            """,
            new
            {
                e.Vehicle, e.Epoch, e.Seq, e.Order, Kind = e.Kind.ToString(), e.AtMs, e.FixMs, e.DeviceMs, Replay = e.Replay ? 1L : 0L, e.Crew, e.Shift, e.Member,
                e.Who, e.Action, e.Undoes, e.Reason, e.Note, Automatic = e.Automatic ? 1L : 0L, Lat = e.At?.Latitude, Lon = e.At?.Longitude, e.AccuracyM,
                e.DistanceM, Far = e.Far ? 1L : 0L, e.Resolution, e.UntilMs, e.To,
                Detail = e.Point is null && e.Used is null ? null : JsonSerializer.Serialize(new EventDetail(e.Point, e.Used), HubJson.Options),
            });

    /// <summary>Adds what the office did now, or after what it looked at: a vehicle's clock may be ahead of the hub's.</summary>
    public static void AddByOffice(
        WriteScope scope, string order, OrderEventKind kind, string? crew, string who, string? reason = null, string? resolution = null, string? note = null,
        long after = 0)
    {
        var now = Math.Max(scope.Now.ToUnixTimeMilliseconds(), after + 1);
        Add(scope, new OrderEvent
        {
            Vehicle = OrderEvent.Hub, Epoch = OrderEvent.Hub, Seq = NextSeq(scope, OrderEvent.Hub), Order = order, Kind = kind, AtMs = now, FixMs = now, DeviceMs = now, Crew = crew, Who = who,
            Reason = reason, Resolution = resolution, Note = note,
        });
    }

    /// <summary>The next number of what the hub itself enters.</summary>
    public static long NextSeq(WriteScope scope, string source) =>
        scope.QueryFirstOrDefault<long>("SELECT coalesce(max(seq), 0) + 1 FROM order_events WHERE vehicle=@source AND epoch='hub'", new { source });

    /// <summary>An action by its id; null when the hub hasn't heard of it.</summary>
    public static OrderEvent? FindAction(WriteScope scope, string action) =>
        scope.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM order_events e WHERE e.action=@action ORDER BY e.at_ms, e.vehicle, e.epoch, e.seq LIMIT 1", new { action })?.ToEvent();

    /// <summary>Gives undos that came before what they undo the order of that.</summary>
    public static void Adopt(WriteScope scope, string action, string order)
    {
        var actions = new Queue<string>([action]);
        while (actions.TryDequeue(out var undone))
        {
            foreach (var undo in scope.Query<string?>("UPDATE order_events SET order_id=@order WHERE undoes=@undone AND order_id IS NULL RETURNING action", new { order, undone }).ToList())
            {
                if (undo is not null) actions.Enqueue(undo);
            }
        }
    }

    /// <summary>Fills of runs near a place and time.</summary>
    public static List<OrderEvent> FillsNear(WriteScope scope, string service, GeoPoint at, double withinM, long fromMs, long toMs)
    {
        var north = withinM / 111_000;
        var east = north / Math.Max(0.01, Math.Cos(at.Latitude * Math.PI / 180));
        return [.. scope.Query<Row>(
                $"""
                 SELECT {Columns} FROM order_events e JOIN work_orders o ON o.id=e.order_id
                 WHERE e.kind='FixedHere' AND e.lat>=@South AND e.lat<=@North AND e.lon>=@West AND e.lon<=@East AND e.at_ms>=@fromMs AND e.at_ms<=@toMs
                   AND o.run_key IS NOT NULL AND o.service=@service
                 """,
                new { South = at.Latitude - north, North = at.Latitude + north, West = at.Longitude - east, East = at.Longitude + east, fromMs, toMs, service })
            .Select(r => r.ToEvent()).Where(e => e.At!.Value.DistanceMTo(at) <= withinM)];
    }

    /// <summary>Fills of runs that an action is, or takes back, over however many undos, with their services.</summary>
    public static List<(OrderEvent Fill, string Service)> FillsOf(WriteScope scope, string action)
    {
        for (var seen = new HashSet<string>(StringComparer.Ordinal); seen.Add(action);)
        {
            if (scope.QueryFirstOrDefault<string>("SELECT undoes FROM order_events WHERE action=@action AND undoes IS NOT NULL", new { action }) is not { } target) break;
            action = target;
        }

        return Fills(scope, "e.action=@action", new { action });
    }

    /// <summary>The fill of a run that a record is, with its service; null when it is none.</summary>
    public static (OrderEvent Fill, string Service)? FillOf(WriteScope scope, Retimed r) =>
        Fills(scope, "e.vehicle=@Vehicle AND e.epoch=@Epoch AND e.seq=@Seq", r) is [var fill, ..] ? fill : null;

    private static List<(OrderEvent Fill, string Service)> Fills(WriteScope scope, string which, object parameters) =>
        [.. scope.Query<Row>(
                $"""
                 SELECT {Columns}, o.service AS Service FROM order_events e JOIN work_orders o ON o.id=e.order_id
                 WHERE {which} AND e.kind='FixedHere' AND e.lat IS NOT NULL AND o.run_key IS NOT NULL
                 """, parameters)
            .Select(r => (r.ToEvent(), r.Service!))];

    /// <summary>Which of some actions stand taken back.</summary>
    public static IReadOnlySet<string> Undone(WriteScope scope, IReadOnlyCollection<string> actions)
    {
        var undos = new Dictionary<string, OrderEvent>(StringComparer.Ordinal);
        for (var next = actions; next.Count > 0;)
        {
            var found = scope.Query<Row>($"SELECT {Columns} FROM order_events e WHERE e.undoes IN @next", new { next })
                .Select(r => r.ToEvent()).Where(e => undos.TryAdd(e.Name, e)).ToList();
            next = [.. found.Select(e => e.Action).OfType<string>()];
        }

        var inOrder = undos.Values.ToList();
        inOrder.Sort(OrderEvent.Canonical);
        return WorkOrder.Undone(inOrder);
    }

    /// <summary>Gives a fill, and what takes it back, to another order.</summary>
    public static void Move(WriteScope scope, OrderEvent fill, string from, string to)
    {
        scope.Execute(
            fill.Action is null
                ? "UPDATE order_events SET order_id=@to WHERE vehicle=@Vehicle AND epoch=@Epoch AND seq=@Seq"
                : "UPDATE order_events SET order_id=@to WHERE action=@Action AND order_id=@from",
            new { fill.Vehicle, fill.Epoch, fill.Seq, fill.Action, from, to });
        var moved = new Queue<string>(fill.Action is null ? [] : [fill.Action]);
        while (moved.TryDequeue(out var undone))
        {
            foreach (var undo in scope.Query<string?>("UPDATE order_events SET order_id=@to WHERE undoes=@undone AND order_id=@from RETURNING action", new { to, undone, from }).ToList())
            {
                if (undo is not null) moved.Enqueue(undo);
            }
        }
    }

    /// <summary>Gives an action another work time; what is not of a replay has no other time.</summary>
    /// <returns>The orders to fold again; none when there is none or the time stays.</returns>
    public static List<string> Retime(WriteScope scope, Retimed r) =>
        [.. scope.Query<string?>(
            """
            UPDATE order_events SET at_ms=@AtMs, fix_ms=CASE WHEN replay=0 THEN @AtMs ELSE fix_ms END
            WHERE vehicle=@Vehicle AND epoch IN (@Epoch, @beside) AND seq=@Seq AND at_ms<>@AtMs RETURNING order_id
            """, new { r.Vehicle, r.Epoch, beside = r.Epoch + Beside, r.Seq, r.AtMs }).OfType<string>()];

    /// <summary>Everything done with an order, each once, and what takes any of it back.</summary>
    public static List<OrderEvent> Of(DbConnection connection, DbTransaction? transaction, string order)
    {
        var events = connection.Query<Row>(
            $"""
             WITH RECURSIVE done AS (
               SELECT h.* FROM order_events h WHERE h.order_id=@order
               UNION
               SELECT h.* FROM done d JOIN order_events h ON h.undoes=d.action)
             SELECT {Columns} FROM done e
             """, new { order }, transaction).Select(r => r.ToEvent()).ToList();
        events.Sort(OrderEvent.Canonical);
        return [.. events.DistinctBy(e => e.Name)];
    }

    /// <summary>The order that an action was taken on; null when the hub hasn't heard of the action.</summary>
    public static string? OrderOfAction(WriteScope scope, string action) => OrdersOfAction(scope, action).FirstOrDefault();

    /// <summary>Every order that an action touched, the one it was taken on first.</summary>
    public static List<string> OrdersOfAction(WriteScope scope, string action) =>
        [.. scope.Query<string>("SELECT order_id FROM order_events WHERE action=@action AND order_id IS NOT NULL ORDER BY at_ms, vehicle, epoch, seq", new { action }).Distinct()];

    /// <summary>Orders that a crew was given or worked on since a time.</summary>
    public static List<string> OrdersOfCrew(DbConnection connection, string crew, long sinceMs) =>
        connection.Query<string>(
            "SELECT DISTINCT order_id FROM order_events WHERE crew=@crew AND at_ms>=@sinceMs AND order_id IS NOT NULL ORDER BY order_id", new { crew, sinceMs }).AsList();

    /// <summary>True when the hub has heard of an action, whatever it was taken on.</summary>
    public static bool HasAction(WriteScope scope, string action) =>
        scope.QueryFirstOrDefault<long>("SELECT COUNT(*) FROM order_events WHERE action=@action", new { action }) > 0;

    /// <summary>When an action was taken back; null when it wasn't.</summary>
    public static long? UndoneAt(WriteScope scope, string action) =>
        scope.QueryFirstOrDefault<long?>("SELECT MIN(at_ms) FROM order_events WHERE undoes=@action", new { action });

    private sealed record EventDetail(RepairPoint? Point = null, UsedItem[]? Used = null);

    private sealed class Row
    {
        public string Vehicle { get; init; } = "";
        public string Epoch { get; init; } = "";
        public long Seq { get; init; }
        public string? OrderId { get; init; }
        public string Kind { get; init; } = "";
        public long AtMs { get; init; }
        public long FixMs { get; init; }
        public long DeviceMs { get; init; }
        public long Replay { get; init; }
        public string? Crew { get; init; }
        public string? Shift { get; init; }
        public string? Member { get; init; }
        public string? Who { get; init; }
        public string? Action { get; init; }
        public string? Undoes { get; init; }
        public string? Reason { get; init; }
        public string? Note { get; init; }
        public long Automatic { get; init; }
        public double? Lat { get; init; }
        public double? Lon { get; init; }
        public double? AccuracyM { get; init; }
        public double? DistanceM { get; init; }
        public long Far { get; init; }
        public string? Resolution { get; init; }
        public long? UntilMs { get; init; }
        public string? ToCrew { get; init; }
        public string? Detail { get; init; }

        /// <summary>Of its order.</summary>
        public string? Service { get; init; }

        public OrderEvent ToEvent()
        {
            var detail = Detail is null ? null : JsonSerializer.Deserialize<EventDetail>(Detail, HubJson.Options);
            return Plain() with { Resolution = Resolution, UntilMs = UntilMs, To = ToCrew, Point = detail?.Point, Used = detail?.Used };
        }

        private OrderEvent Plain() => new()
        {
            Vehicle = Vehicle, Epoch = Epoch, Seq = Seq, Order = OrderId, Kind = Enum.TryParse<OrderEventKind>(Kind, out var kind) ? kind : default,
            AtMs = AtMs, FixMs = FixMs, DeviceMs = DeviceMs, Replay = Replay != 0, Crew = Crew, Shift = Shift, Member = Member, Who = Who,
            Action = Action, Undoes = Undoes, Reason = Reason, Note = Note, Automatic = Automatic != 0,
            At = Lat is { } lat && Lon is { } lon ? new GeoPoint(lat, lon) : null, AccuracyM = AccuracyM, DistanceM = DistanceM, Far = Far != 0,
        };
    }
}
