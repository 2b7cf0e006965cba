using System.Globalization;

namespace ThreeOneOne.Field.Hub.Rehearsal;

/// <summary>Writes what differs, the same bytes for the same differences.</summary>
public static class RehearsalReport
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <param name="output">Where to.</param>
    /// <param name="input">What was replayed.</param>
    /// <param name="rules">Names of today's and the changed rules.</param>
    /// <param name="changes">The settings that differ: key, today, changed.</param>
    /// <param name="pairs">Every request under both.</param>
    /// <param name="district">Name of the district of a place; null outside all.</param>
    public static void Write(
        TextWriter output, RehearsedInput input, (string Now, string Changed) rules, IReadOnlyList<(string Key, string Now, string Changed)> changes,
        IReadOnlyList<Comparison.Pair> pairs, Func<Wire.GeoPoint, string?> district)
    {
        output.WriteLine(string.Create(
            Invariant,
            $"{input.Observations} observations of {input.Vehicles} vehicles and {input.Findings} findings of crews, received {Time(input.From)} to {Time(input.To)}"));
        output.WriteLine($"rules now {rules.Now}, changed {rules.Changed}");
        foreach (var (key, now, changed) in changes) output.WriteLine($"  {key}: {now} -> {changed}");
        if (changes.Count == 0) output.WriteLine("  no rule is changed: give --Sites:Key=value");
        output.WriteLine();
        var rows = pairs
            .Select(p => (Pair: p, District: district(p.Either.At) ?? "(none)"))
            .OrderBy(p => p.Pair.Either.Service, StringComparer.Ordinal).ThenBy(p => p.District, StringComparer.Ordinal)
            .ThenBy(p => p.Pair.Either.Pole ?? p.Pair.Either.Site, StringComparer.Ordinal).ThenBy(p => p.Pair.Either.OpenedAt)
            .ToList();
        output.WriteLine(Line("service", "district", "now", "changed", "opened", "not", "withdrawn", "kept", "moved"));
        foreach (var area in rows.GroupBy(r => (r.Pair.Either.Service, r.District))) Count(output, area.Key.Service, area.Key.District, [.. area.Select(r => r.Pair)]);
        Count(output, "all", "", pairs);
        foreach (var (pair, name) in rows.Where(r => r.Pair.Difference != Difference.None))
        {
            if (pair == rows.First(r => r.Pair.Difference != Difference.None).Pair) output.WriteLine();
            output.WriteLine(Say(pair, name));
        }
    }

    private static void Count(TextWriter output, string service, string district, IReadOnlyList<Comparison.Pair> pairs)
    {
        string N(Func<Comparison.Pair, bool> which) => pairs.Count(which).ToString(Invariant);
        output.WriteLine(Line(
            service, district, N(p => p.Now is not null), N(p => p.Changed is not null), N(p => p.Difference == Difference.Opened), N(p => p.Difference == Difference.NotOpened),
            N(p => p.Difference == Difference.Withdrawn), N(p => p.Difference == Difference.Kept), N(p => p.Difference == Difference.Moved)));
    }

    private static string Line(string service, string district, params string[] numbers) =>
        $"{service,-18}{district,-28}{string.Concat(numbers.Select(n => n.PadLeft(10)))}";

    private static string Say(Comparison.Pair pair, string district)
    {
        var request = pair.Either;
        var where = string.Create(Invariant, $"{request.Service} {request.Pole ?? request.Address ?? "(no address)"} {request.At.Latitude:F5},{request.At.Longitude:F5} ({district})");
        return pair.Difference switch
        {
            Difference.Opened => string.Create(Invariant, $"opened      {where}: {Passes(request)}, {(request.IsWithdrawn ? "withdrawn since" : request.Status)}"),
            Difference.NotOpened => string.Create(Invariant, $"not opened  {where}: {Passes(request)}, {(request.IsWithdrawn ? "withdrawn since" : request.Status)} today"),
            Difference.Withdrawn => string.Create(Invariant, $"withdrawn   {where}: {Passes(request)}"),
            Difference.Kept => string.Create(Invariant, $"kept        {where}: {Passes(request)}, withdrawn today"),
            _ => string.Create(Invariant, $"moved       {where}: by {pair.Now!.At.DistanceMTo(request.At):F1} m"),
        };
    }

    private static string Passes(RehearsedRequest request) => string.Create(Invariant, $"{request.For} passes for, {request.Against} against");

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", Invariant);
}
