using ThreeOneOne.Field.Agent.Positioning.Matching;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Evaluation.Tickets;

/// <summary>
/// From the road to the ticket: simulated weeks of driving, felt by the agent's own sensing and folded by the hub's own code,
/// against the holes that only the simulation knows; beside three hits within 15 m on the same shocks.
/// </summary>
internal sealed class TicketsEvaluation(int loops = 20, int days = 21, int vehicles = 12) : IEvaluation
{
    public string Name => "tickets";

    public string Purpose => "tickets for potholes: right, complete, from few passes; repairs by others";

    public void Run(EvaluationContext context, Report report)
    {
        var folder = Path.Combine(context.Root, "hub", "Cities", "cambridge-ma");
        var map = CityMap.Load(folder);
        var city = new TicketCity(map, loops, days, context.Seed);
        var passes = new CityTraffic(city, StreetNet.Load(Path.Combine(folder, "centerlines.geojson")), vehicles, context.Seed).Drive();
        var layer = CityLayer.Of(city, map.Plane, context.Seed);
        report.Condition($"the city's map has {layer.Count} castings and humps ({StructureMap.KnownShare:P0} of them), {StructureMap.LeastOffM:0} to {StructureMap.MostOffM:0} m off; without_map: the same shocks without it");
        var runs = ((IReadOnlyList<RoadStructure>[])[layer, []]).AsParallel().AsOrdered()
            .Select(l => HubRun.RunAsync(passes, map.Plane, l, new SitesOptions()).GetAwaiter().GetResult()).ToList();
        Tell(report, city, passes, runs[0], runs[1], map.Plane);
    }

    private void Tell(Report report, TicketCity city, IReadOnlyList<CityPass> passes, IReadOnlyList<TicketEvent> hub, IReadOnlyList<TicketEvent> bare, CityPlane plane)
    {
        var shocks = passes.Sum(p => p.Records.Count(r => r.Record.Shock is not null));
        report.Condition($"{city.Holes.Count} potholes, {city.Castings} castings, {city.Others} humps, joints, rails, patches and stretches of gravel in {city.LanesM / 1000:0.#} km of lanes of Cambridge; {vehicles} vehicles, {passes.Count} drives in {days} days, {shocks} shocks");
        report.Condition($"a ticket is right when it lies within {TicketScore.SameHoleM} m of a hole that was there when it was opened; recall is of holes that were passed {TicketScore.LeastPasses} times or more in their lane at 4 m/s or more");
        report.Condition("three hits: three drives whose shocks the vehicle called potholes lie within 15 m of each other (any_shock: whatever it called them)");
        var ours = new TicketScore(city.Holes, passes, hub);
        var unmapped = new TicketScore(city.Holes, passes, bare);
        var named = new TicketScore(city.Holes, passes, ThreeHits.Run(passes, plane, s => s.Kind is ShockKind.Pothole or ShockKind.Unknown));
        var any = new TicketScore(city.Holes, passes, ThreeHits.Run(passes, plane, _ => true));
        report.Add(new Figure("precision", "tickets that are right", ours.Precision, Beside(s => s.Precision), Goal.Least(0.95)));
        report.Add(new Figure("recall", $"holes that got one ({ours.Found} of {ours.Counted})", ours.Recall, Beside(s => s.Recall), Goal.Least(0.95)));
        report.Add(new Figure("false_tickets", $"false tickets (of {ours.Tickets})", ours.False, Beside(s => s.False), null));
        report.Add(new Figure("false_over_three_hits", "false tickets, of those of three hits", named.False == 0 ? null : (double)ours.False / named.False, [], Goal.Most(0.25)));
        var both = ours.PassesTo.Keys.Intersect(named.PassesTo.Keys).ToList();
        report.Add(new Figure("passes_to_ticket", $"passes to a ticket, median over {both.Count} holes that both found", ours.MedianPasses(both), [("three_hits", named.MedianPasses(both))], null));
        report.Add(new Figure("passes_over_three_hits", "passes to a ticket, of those of three hits", ours.MedianPasses(both) / named.MedianPasses(both), [], Goal.Most(0.67)));
        var repairs = new RepairScore(city.Holes, hub, TicketCity.Begins.AddDays(days));
        report.Add(new Figure("repairs_noticed", $"repairs by others that were noticed (of {repairs.Filled})", repairs.Noticed, [], null));
        report.Add(new Figure("repair_notice_days", "days until one was, median", repairs.NoticedDays, [], null));
        report.Add(new Figure("reopened", $"that broke open again and got a ticket (of {repairs.Back})", repairs.Reopened, [], null));
        report.Add(new Figure("reopen_days", "days until they did, median", repairs.ReopenedDays, [], null));

        IReadOnlyList<(string Name, double Value)> Beside(Func<TicketScore, double> of) => [("without_map", of(unmapped)), ("three_hits", of(named)), ("any_shock", of(any))];
    }
}
