using System.Globalization;

namespace ThreeOneOne.Field.FaultLab.Points;

/// <summary>Counts what was struck, and keeps the list of all points for the one that broke something.</summary>
internal sealed class Tally(string file)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Step, int> steps = [];
    private readonly Dictionary<FaultKind, int> kinds = [];
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

    public void Hit(Step step)
    {
        lock (gate) steps[step] = steps.GetValueOrDefault(step) + 1;
    }

    public void Gap(bool detected)
    {
        lock (gate)
        {
            GapsInjected++;
            if (detected) GapsDetected++;
        }
    }

    /// <summary>Writes a point down.</summary>
    /// <param name="target">Vehicle, or hub.</param>
    /// <param name="counts">False: the fault did not strike, or nothing was under way.</param>
    public void Point(FaultKind kind, string target, bool counts, string detail)
    {
        lock (gate)
        {
            var of = counts ? kinds : missed;
            of[kind] = of.GetValueOrDefault(kind) + 1;
            if (counts) Points++;
            var line = string.Create(CultureInfo.InvariantCulture, $"{(counts ? Points : 0),5} {target,-6} {kind,-20} {detail}");
            File.AppendAllText(file, line + "\n");
            if (!recent.TryGetValue(target, out var lines)) recent[target] = lines = [];
            lines.Add(line);
            if (lines.Count > 30) lines.RemoveAt(0);
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
            lines.Add("fault                 points  not struck");
            lines.AddRange(Enum.GetValues<FaultKind>().Select(k => string.Create(CultureInfo.InvariantCulture, $"{k,-20} {kinds.GetValueOrDefault(k),7} {missed.GetValueOrDefault(k),11}")));
            return string.Join('\n', lines);
        }
    }
}
