using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Positioning.Matching;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.WorkOrders;

/// <summary>
/// Notices arrival at a job: standing inside <see cref="WorkOrdersOptions.ArriveM"/> for the dwell time, once, and again only after
/// the vehicle was beyond <see cref="WorkOrdersOptions.LeaveM"/>. It acts only when a single accepted job is within
/// reach; otherwise the screen offers what is nearby. It arrived when it came to stand, however much later that is certain.
/// </summary>
/// <param name="options">Distances and times.</param>
/// <param name="gate">Who is on board.</param>
/// <param name="book">The orders.</param>
/// <param name="desk">Takes the arrival.</param>
/// <param name="streets">Where the junctions are; null: a light is not told from a job.</param>
/// <param name="isIgnitionOn">Null: not known.</param>
/// <param name="log">Told what was not taken.</param>
public sealed class Arrival(
    WorkOrdersOptions options, ShiftGate gate, OrderBook book, ActionDesk desk, StreetNet? streets, Func<bool?> isIgnitionOn, ILogger log)
{
    // By order.
    private readonly Dictionary<string, Visit> visits = [];
    private readonly VisitRule rule = new(options, streets);
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
            if (Arrived(fix) is not ({ } order, { } since)) continue;
            var request = new ActionRequest
            {
                Id = $"arrive-{order.Copy.Id}-{fix.FixTime.ToUnixTimeMilliseconds()}",
                Kind = CrewActionKind.Arrive,
                Order = order.Copy.Id,
            };
            try
            {
                await desk.TakeAsync(request, since, stop).ConfigureAwait(false);
            }
            catch (Exception e) when (e is ActionRefusedException or OutboxException)
            {
                log.ArrivalNotTaken(order.Copy.Id, e.Message);
            }
        }
    }

    /// <summary>The order at which this fix completes an arrival, and the fix at which it came to stand there; null for none.</summary>
    public (OrderView Order, Fix Since)? Arrived(Fix fix)
    {
        if (gate.State is not (ShiftState.On or ShiftState.CallOut) || fix.FixTime < lastFix) visits.Clear();
        lastFix = fix.FixTime;
        rule.Take(fix);
        if (gate.State is not (ShiftState.On or ShiftState.CallOut)) return null;
        var orders = book.Orders;
        foreach (var gone in visits.Keys.Except(orders.Select(o => o.Copy.Id)).ToList()) visits.Remove(gone);
        foreach (var order in orders) Note(order, fix);

        var here = orders.Where(o => o.State == OrderState.Accepted && visits.ContainsKey(o.Copy.Id)).ToList();
        if (here.Count != 1 || orders.Any(o => o.IsUnderWay && visits.ContainsKey(o.Copy.Id))) return null;
        var visit = visits[here[0].Copy.Id];
        if (visit.Noticed || rule.Arrived(visit, fix, isIgnitionOn()) is not { } since) return null;
        visits[here[0].Copy.Id] = visit with { Noticed = true };
        return (here[0], since);
    }

    private void Note(OrderView order, Fix fix)
    {
        if (rule.Follow(visits.GetValueOrDefault(order.Copy.Id), order.Copy.At, fix) is not { } visit)
        {
            visits.Remove(order.Copy.Id);
            return;
        }

        // It cannot have arrived before it was accepted. An arrival that a person took, or took back, is not taken again in the same visit.
        visits[order.Copy.Id] = order.State switch
        {
            OrderState.Accepted => visit,
            OrderState.Assigned => visit with { Stands = null },
            _ => visit with { Noticed = true },
        };
    }
}
