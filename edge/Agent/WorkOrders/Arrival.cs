using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.WorkOrders;

/// <summary>
/// Notices arrival at a job: inside <see cref="WorkOrdersOptions.ArriveM"/> for the dwell time, once, and again only after
/// the vehicle was beyond <see cref="WorkOrdersOptions.LeaveM"/>. It acts only when a single accepted job is within
/// reach; otherwise the screen offers what is nearby.
/// </summary>
public sealed class Arrival(WorkOrdersOptions options, ShiftGate gate, OrderBook book, ActionDesk desk, ILogger log)
{
    // By order: since when inside (GPS time), and whether this visit has been noticed.
    private readonly Dictionary<string, Visit> visits = [];
    private DateTimeOffset lastFix;

    /// <summary>Open orders within reach of a fix, nearest first.</summary>
    public IReadOnlyList<OrderView> Nearby(Fix? fix) =>
        fix is null ? [] : [.. book.Orders
            .Where(o => o.IsOpen)
            .Select(o => (Order: o, Distance: o.Copy.At.DistanceMTo(fix.At)))
            .Where(o => o.Distance <= options.LeaveM)
            .OrderBy(o => o.Distance)
            .Select(o => o.Order)];

    /// <summary>What the vehicle is doing: one value.</summary>
    public VehicleActivity ActivityAt(Fix? fix)
    {
        if (gate.Kind == VehicleKind.SensorOnly) return VehicleActivity.Sensing;
        if (gate.State == ShiftState.Break) return VehicleActivity.OnBreak;
        var orders = book.Orders;
        if (orders.Any(o => o.IsUnderWay && (fix is null || o.Copy.At.DistanceMTo(fix.At) <= options.LeaveM))) return VehicleActivity.OnSite;
        return orders.Any(o => o.IsUnderWay || o.State == OrderState.Accepted) ? VehicleActivity.EnRoute : VehicleActivity.Available;
    }

    public async Task RunAsync(ChannelReader<Fix> fixes, CancellationToken stop)
    {
        await foreach (var fix in fixes.ReadAllAsync(stop).ConfigureAwait(false))
        {
            if (Arrived(fix) is not { } order) continue;
            var request = new ActionRequest
            {
                Id = $"arrive-{order.Copy.Id}-{fix.FixTime.ToUnixTimeMilliseconds()}",
                Kind = CrewActionKind.Arrive,
                Order = order.Copy.Id,
            };
            try
            {
                await desk.TakeAsync(request, automatic: true, stop).ConfigureAwait(false);
            }
            catch (Exception e) when (e is ActionRefusedException or OutboxException)
            {
                log.ArrivalNotTaken(order.Copy.Id, e.Message);
            }
        }
    }

    /// <summary>The order at which this fix completes an arrival; null for none.</summary>
    public OrderView? Arrived(Fix fix)
    {
        if (gate.State is not (ShiftState.On or ShiftState.CallOut) || fix.FixTime < lastFix) visits.Clear();
        lastFix = fix.FixTime;
        if (gate.State is not (ShiftState.On or ShiftState.CallOut)) return null;
        var orders = book.Orders;
        foreach (var gone in visits.Keys.Except(orders.Select(o => o.Copy.Id)).ToList()) visits.Remove(gone);
        foreach (var order in orders) Note(order, fix);

        var here = orders.Where(o => o.State == OrderState.Accepted && visits.ContainsKey(o.Copy.Id)).ToList();
        if (here.Count != 1 || orders.Any(o => o.IsUnderWay && visits.ContainsKey(o.Copy.Id))) return null;
        var visit = visits[here[0].Copy.Id];
        if (visit.Noticed || fix.FixTime - visit.Since < TimeSpan.FromSeconds(options.DwellSeconds)) return null;
        visits[here[0].Copy.Id] = visit with { Noticed = true };
        return here[0];
    }

    private void Note(OrderView order, Fix fix)
    {
        var distance = order.Copy.At.DistanceMTo(fix.At);
        if (distance > options.LeaveM) visits.Remove(order.Copy.Id);
        else if (distance <= options.ArriveM) visits.TryAdd(order.Copy.Id, new Visit(fix.FixTime, false));

        // An arrival that a person took, or took back, is not taken again in the same visit.
        if (order.State != OrderState.Accepted && order.State != OrderState.Assigned && visits.TryGetValue(order.Copy.Id, out var visit))
            visits[order.Copy.Id] = visit with { Noticed = true };
    }

    private readonly record struct Visit(DateTimeOffset Since, bool Noticed);
}
