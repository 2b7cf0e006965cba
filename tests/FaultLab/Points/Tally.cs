using System.Globalization;

namespace ThreeOneOne.Field.FaultLab.Points;

/// <summary>Counts what was struck, and keeps the list of all points for the one that broke something.</summary>
internal sealed class Tally(string file)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Step, int> steps = [];
    private readonly Dictionary<FaultKind, int> kinds = [];
    private readonly Dictionary<FaultKind, int> idle = [];
    private readonly Dictionary<FaultKind, int> missed = [];
    private readonly Dictionary<string, List<string>> recent = [];

    /// <summary>Faults that struck while unacknowledged work was there.</summary>
    public int Points { get; private set; }

    public int GapsInjected { get; private set; }

    public int GapsDetected { get; private set; }

    public IReadOnlyList<Step> NeverHit
    {
        get
        {
            lock (gate) return [.. Enum.GetValues<Step>().Where(s => !steps.ContainsKey(s))];
        }
    }

    /// <summary>Faults of which no point is there: chance coverage would hide what they are for.</summary>
    public IReadOnlyList<FaultKind> NeverStruck
    {
        get
        {
            lock (gate) return [.. Enum.GetValues<FaultKind>().Where(k => !kinds.ContainsKey(k))];
        }
    }

    public void Gap(bool detected)
    {
        lock (gate)
        {
            GapsInjected++;
            if (detected) GapsDetected++;
        }
    }

    /// <summary>Writes a fault down.</summary>
    /// <param name="target">Vehicle, or hub.</param>
    /// <param name="struck">Null: it did not strike.</param>
    /// <returns>True when it is a point.</returns>
    public bool Point(FaultKind kind, string target, Strike? struck)
    {
        lock (gate)
        {
            var counts = struck is { UnderWay: true };
            var of = counts ? kinds : struck is null ? missed : idle;
            of[kind] = of.GetValueOrDefault(kind) + 1;
            if (counts)
            {
                Points++;
                foreach (var step in struck!.Steps) steps[step] = steps.GetValueOrDefault(step) + 1;
            }

            var detail = struck is null ? "did not strike" : struck.Detail + (counts ? "" : " (nothing under way)");
            var line = string.Create(CultureInfo.InvariantCulture, $"{(counts ? Points : 0),5} {target,-6} {kind,-20} {detail}");
            File.AppendAllText(file, line + "\n");
            if (!recent.TryGetValue(target, out var lines)) recent[target] = lines = [];
            lines.Add(line);
            if (lines.Count > 30) lines.RemoveAt(0);
            return counts;
        }
    }

    /// <summary>The last points on a vehicle and on the hub: one of them broke it.</summary>
    public string Recent(string target)
    {
        lock (gate) return string.Join('\n', recent.GetValueOrDefault(target, []).Concat(recent.GetValueOrDefault("hub", []).TakeLast(10)));
    }

    public string Table()
    {
        lock (gate)
        {
            var lines = new List<string> { "step          hits" };
            lines.AddRange(Enum.GetValues<Step>().Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.ToString().ToLowerInvariant(),-12} {steps.GetValueOrDefault(s),5}")));
            lines.Add("");
            lines.Add("fault                 points  nothing under way  not struck");
            lines.AddRange(Enum.GetValues<FaultKind>().Select(k => string.Create(CultureInfo.InvariantCulture, $"{k,-20} {kinds.GetValueOrDefault(k),7} {idle.GetValueOrDefault(k),18} {missed.GetValueOrDefault(k),11}")));
            return string.Join('\n', lines);
        }
    }
}
