using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>The rule "nearest crew": gives waiting orders, most urgent first, to the nearest crew on shift that can and has room.</summary>
public sealed class HandOutWork(WorkOrdersOptions options, ServiceCatalogue catalogue, LivePositions positions, RefoldOrders refold)
{
    private const int MostAtOnce = 200;

    public const string Who = "rule nearest-crew";

    public bool On => options.AutoAssign == AutoAssignment.NearestCrew;

    public void Run(WriteScope scope)
    {
        if (!On) return;
        var loads = OrderStore.Loads(scope.Connection, scope.Transaction);
        var present = CrewStore.Summaries(scope.Connection).Where(c => c.Shift is "on" or "callOut").ToDictionary(c => c.Id);
        var crews = CrewStore.All(scope.Connection, scope.Transaction).Where(c => present.ContainsKey(c.Id)).ToList();
        var free = crews.Where(c => loads.GetValueOrDefault(c.Id) < options.CrewCapacity).ToList();
        if (free.Count == 0) return;
        // Only what somebody can do: a long line for absent crews must not hide what stands behind it.
        var services = catalogue.All.Where(s => free.Exists(c => CrewFit.Can(c, s))).Select(s => s.Code).ToArray();
        if (services.Length == 0) return;
        foreach (var order in OrderStore.Waiting(scope, services, MostAtOnce))
        {
            var nearest = free
                .Where(c => c.Contractor == order.Party && catalogue.Find(order.Service) is { } service && CrewFit.Can(c, service) && loads.GetValueOrDefault(c.Id) < options.CrewCapacity)
                .OrderBy(c => DistanceM(present[c.Id], order.At)).ThenBy(c => loads.GetValueOrDefault(c.Id)).ThenBy(c => c.Id, StringComparer.Ordinal)
                .FirstOrDefault();
            if (nearest is null) continue;
            loads[nearest.Id] = loads.GetValueOrDefault(nearest.Id) + 1;
            OrderEventStore.AddByOffice(scope, order.Id, OrderEventKind.Assign, nearest.Id, Who);
            refold.Refold(scope, order.Id);
        }
    }

    // A crew that was not heard yet comes last, not never.
    private double DistanceM(CrewSummary crew, GeoPoint at) =>
        crew.Vehicle is { } vehicle && positions.Newest(vehicle) is { } newest ? newest.Position.At.DistanceMTo(at) : double.MaxValue;
}
