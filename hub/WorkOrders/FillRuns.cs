using System.Globalization;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// Orders of what crews found and fixed on the spot where nobody had asked for it: one for a crew, service, working day and
/// area. What two crews did at one hole is put together, again each time that a fill arrives, is taken back or gets another time.
/// </summary>
public sealed class FillRuns(WorkOrdersOptions options, HubOptions hub, OpenTicket open, OrderMaker maker, CityEdge edge)
{
    /// <summary>One working day.</summary>
    public const long SameJobMs = 12 * 3_600_000;

    private const double MetresPerDegree = 111_195;

    // A shift that ends after midnight belongs to the day on which it began.
    private static readonly TimeSpan DayBegins = TimeSpan.FromHours(4);

    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);

    /// <summary>The order of a fill that just arrived: of the crew's own run, or that of the crew which filled the hole before.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="e">The fill; not stored yet.</param>
    /// <param name="service">Of which service.</param>
    /// <param name="touched">Orders to fold again are added.</param>
    public string OrderFor(WriteScope scope, OrderEvent e, string service, ICollection<string> touched) =>
        Settle(scope, e, service, touched).GetValueOrDefault(e.Name) ?? RunOf(scope, e, service);

    /// <summary>Puts fills together anew after one of them was taken back or brought back.</summary>
    public void Settle(WriteScope scope, string action, ICollection<string> touched)
    {
        foreach (var (fill, service) in OrderEventStore.FillsOf(scope, action)) Settle(scope, fill, service, touched);
    }

    /// <summary>Puts fills together anew after one of them got another time.</summary>
    public void Settle(WriteScope scope, Retimed moved, ICollection<string> touched)
    {
        if (OrderEventStore.FillOf(scope, moved) is var (fill, service)) Settle(scope, fill, service, touched);
    }

    /// <summary>Crew, service, working day and area: what belongs together however late and in whichever order it arrives.</summary>
    public string RunKey(OrderEvent e, GeoPoint at, string service)
    {
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(e.AtMs), zone) - DayBegins;
        var north = Math.Floor(at.Latitude * MetresPerDegree / options.RunAreaM);
        // Of the row's own latitude, so that rows tile and a place falls into one area.
        var east = Math.Floor(at.Longitude * MetresPerDegree * Math.Cos(north * options.RunAreaM / MetresPerDegree * Math.PI / 180) / options.RunAreaM);
        return string.Create(CultureInfo.InvariantCulture, $"{e.Crew ?? e.Vehicle}|{service}|{local:yyyy-MM-dd}|{north:0}:{east:0}");
    }

    /// <returns>Order of each fill that stands around it, by name.</returns>
    private Dictionary<string, string> Settle(WriteScope scope, OrderEvent seed, string service, ICollection<string> touched)
    {
        var around = Around(scope, seed, service);
        var undone = OrderEventStore.Undone(scope, [.. around.Values.Select(f => f.Action).OfType<string>()]);
        var orders = new Dictionary<string, string>(StringComparer.Ordinal);
        if (around.Count == 1 && seed.Order is null) return orders;
        foreach (var (fill, counts) in OneHole.Read(around.Values, undone, options.SameHoleM, SameJobMs))
        {
            var order = fill == counts ? RunOf(scope, fill, service) : orders[counts.Name];
            orders[fill.Name] = order;
            if (fill.Order is not { } from || from == order) continue;
            OrderEventStore.Move(scope, fill, from, order);
            touched.Add(from);
            touched.Add(order);
        }

        return orders;
    }

    /// <summary>The fill and all that are tied to it, one hole's width after another.</summary>
    private Dictionary<string, OrderEvent> Around(WriteScope scope, OrderEvent seed, string service)
    {
        var found = new Dictionary<string, OrderEvent>(StringComparer.Ordinal) { [seed.Name] = seed };
        var next = new Queue<OrderEvent>([seed]);
        while (next.TryDequeue(out var fill))
        {
            foreach (var near in OrderEventStore.FillsNear(scope, service, fill.At!.Value, options.SameHoleM, fill.AtMs - SameJobMs, fill.AtMs + SameJobMs))
                if (found.TryAdd(near.Name, near)) next.Enqueue(near);
        }

        return found;
    }

    private string RunOf(WriteScope scope, OrderEvent e, string service)
    {
        var key = RunKey(e, e.At!.Value, service);
        if (OrderStore.OfRun(scope, key) is { } run) return run;
        var ticket = open.Open(scope, new NewRequest
        {
            Service = service, At = e.At.Value, Source = "crew", Who = e.Crew ?? "crew", Description = e.Note,
            Why = edge.IsOutside(e.At.Value) ? "Found and fixed on the spot, outside the city" : "Found and fixed on the spot",
        });
        return maker.Make(scope, NewOrder.Of(ticket) with { ByCrew = true, RunKey = key }).Id;
    }
}
