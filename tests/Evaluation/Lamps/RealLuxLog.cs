using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Fleet.Sensed;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Recordings;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Evaluation.Lamps;

/// <summary>
/// A real lux log of Cambridge with the real inventory: places and readings are real, the order of the drive and its times are
/// rebuilt (see <see cref="LuxDrive"/>), and nobody knows which lights were out. So it shows what the rule makes of real light,
/// not how often it is right.
/// </summary>
internal static class RealLuxLog
{
    private const string Log = "LOG1.csv";
    private static readonly DateTimeOffset Start = new(2014, 11, 5, 1, 0, 0, TimeSpan.Zero);

    public static void Run(EvaluationContext context, SensingCity known, Report report)
    {
        if (context.Files("fluxmap", Log) is not [var file, ..])
        {
            report.Missing($"the real lux log: no fluxmap/{Log} below {context.Data}");
            return;
        }

        var readings = LuxLog.Read(File.ReadAllText(file));
        var map = CityMap.Load(Path.Combine(context.Root, "hub", "Cities", "cambridge-ma"));
        var drive = LuxDrive.Rebuild(map, readings, Start, context.Seed);
        var passes = LuxReplay.Sense(drive, new SensingVehicle("survey", VehicleKind.Crewed, known, new SensingOptions()));
        var poles = passes.GroupBy(l => l.Pole).Select(g => g.ToList()).ToList();
        report.Condition($"real log: {readings.Count} readings, {drive.LengthM / 1000:0.0} km rebuilt, {passes.Count} passes under {poles.Count} of {known.Poles!.Count} poles; suppressed passes: "
            + string.Join(", ", passes.Where(l => l.Verdict == LampVerdict.Unclear).GroupBy(l => l.Doubt).OrderByDescending(g => g.Count()).Select(g => $"{g.Key} {g.Count()}")));
        var suppressed = poles.Where(p => p.TrueForAll(l => l.Verdict == LampVerdict.Unclear))
            .GroupBy(p => p.GroupBy(l => l.Doubt).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key, p => p[0].Pole).OrderByDescending(g => g.Count());
        foreach (var lamps in suppressed) report.Condition($"suppressed lamps, {lamps.Key} ({lamps.Count()}): {string.Join(", ", lamps.Order(StringComparer.Ordinal))}");
        var judged = poles.Count(p => p.Exists(l => l.Verdict != LampVerdict.Unclear));
        var dark = poles.Where(p => p.Exists(l => l.Verdict == LampVerdict.Dark) && !p.Exists(l => l.Verdict == LampVerdict.Lit)).ToList();
        report.Condition($"dark in the real log, and lit in none of their passes: {string.Join(", ", dark.Select(p => p[0].Pole).Order(StringComparer.Ordinal).Take(40))}");
        report.Add(new Figure("real.judged_share", $"real log: poles that some pass could judge ({judged} of {poles.Count})", (double)judged / poles.Count, [], null));
        report.Add(new Figure("real.dark_share", $"real log: dark among those that were judged ({dark.Count})", (double)dark.Count / judged, [], null));
        report.Missing("the real lux log's outages: nobody wrote down which lights were out, and its passes are of one night");
    }
}
