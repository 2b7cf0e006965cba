using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Evaluation.Tickets;

/// <summary>The rule of Street Bump: three hits of different drives within 15 m of each other are a pothole, whatever else is known.</summary>
internal static class ThreeHits
{
    private const double WithinM = 15;
    private const int Hits = 3;

    /// <param name="passes">In order.</param>
    /// <param name="plane">Of the city.</param>
    /// <param name="isHit">Which shocks count.</param>
    /// <returns>What was opened; nothing is ever taken back.</returns>
    public static IReadOnlyList<TicketEvent> Run(IReadOnlyList<CityPass> passes, CityPlane plane, Func<ShockObservation, bool> isHit)
    {
        List<(Place At, int Drive)> loose = [];
        List<TicketEvent> opened = [];
        for (var drive = 0; drive < passes.Count; drive++)
        {
            foreach (var hit in passes[drive].Records.Select(r => r.Record.Shock).OfType<ShockObservation>().Where(isHit))
            {
                var at = plane.ToPlace(hit.At);
                if (opened.Exists(o => o.At.DistanceTo(at) <= WithinM)) continue;
                loose.RemoveAll(l => l.Drive == drive && l.At.DistanceTo(at) <= WithinM);
                loose.Add((at, drive));
                var near = loose.FindAll(l => l.At.DistanceTo(at) <= WithinM);
                if (near.Count < Hits) continue;
                loose.RemoveAll(near.Contains);
                var middle = new Place(near.Average(n => n.At.X), near.Average(n => n.At.Y));
                opened.Add(new TicketEvent($"hits-{opened.Count + 1}", true, middle, passes[drive].Ends));
            }
        }

        return opened;
    }
}
