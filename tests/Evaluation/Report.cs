using System.Globalization;
using System.Text.Json;

namespace ThreeOneOne.Field.Evaluation;

/// <summary>What an evaluation found: figures beside their baselines, the conditions, and what could not be measured.</summary>
internal sealed class Report(string name, int seed)
{
    private readonly List<Figure> _figures = [];
    private readonly List<string> _conditions = [];
    private readonly List<string> _missing = [];

    public IReadOnlyList<Figure> Figures => _figures;

    /// <summary>How it was measured: the split, the windows, the counts.</summary>
    public void Condition(string text) => _conditions.Add(text);

    /// <summary>What could not be measured, and why.</summary>
    public void Missing(string text) => _missing.Add(text);

    public void Add(Figure figure) => _figures.Add(figure);

    public void Write(TextWriter to)
    {
        to.WriteLine($"{name} (seed {seed})");
        foreach (var condition in _conditions) to.WriteLine($"  {condition}");
        to.WriteLine();
        var width = _figures.Select(f => f.What.Length).DefaultIfEmpty(0).Max();
        foreach (var figure in _figures)
        {
            var goal = figure.Goal is { } g ? $"  goal {g}{(figure.Ours is { } v ? g.IsMet(v) ? " met" : " MISSED" : "")}" : "";
            var beside = string.Concat(figure.Baselines.Select(b => $"  {b.Name} {Text(b.Value)}"));
            to.WriteLine($"  {figure.What.PadRight(width)}  {Text(figure.Ours),8}{goal}{(beside.Length > 0 ? "  |" + beside : "")}");
        }

        foreach (var missing in _missing) to.WriteLine($"  not measured: {missing}");
        to.WriteLine(Line());
    }

    /// <summary>Everything in one line of JSON.</summary>
    public string Line()
    {
        var line = new Dictionary<string, object?> { ["evaluation"] = name, ["seed"] = seed };
        foreach (var figure in _figures)
        {
            line[figure.Key] = Rounded(figure.Ours);
            foreach (var (baseline, value) in figure.Baselines) line[$"{figure.Key}.{baseline}"] = Rounded(value);
            if (figure is { Goal: { } goal, Ours: { } ours }) line[$"{figure.Key}.met"] = goal.IsMet(ours);
        }

        if (_missing.Count > 0) line["not_measured"] = _missing;
        return JsonSerializer.Serialize(line);
    }

    private static double? Rounded(double? value) => value is { } v && double.IsFinite(v) ? Math.Round(v, 5) : null;

    private static string Text(double? value) => value is { } v && double.IsFinite(v)
        ? v.ToString(Math.Abs(v) >= 100 ? "0" : "0.###", CultureInfo.InvariantCulture)
        : "-";
}
