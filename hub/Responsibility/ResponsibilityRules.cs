namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>The city's parties and rules: who answers for what. Immutable and pure; the first rule that holds decides.</summary>
public sealed class ResponsibilityRules
{
    private readonly Dictionary<string, Party> parties;
    private readonly IReadOnlyList<Rule> rules;

    /// <exception cref="InvalidDataException">They contradict themselves; names every fault.</exception>
    public ResponsibilityRules(IReadOnlyList<Party> parties, IReadOnlyList<Rule> rules)
    {
        var faults = Faults(parties, rules).ToList();
        if (faults.Count > 0) throw new InvalidDataException(string.Join(Environment.NewLine, faults.Select(f => f.Text)));
        this.parties = parties.ToDictionary(p => p.Id);
        this.rules = rules;
    }

    public IReadOnlyCollection<Party> Parties => parties.Values;

    public Party? Find(string? id) => id is null ? null : parties.GetValueOrDefault(id);

    public Resolution Resolve(Facts facts)
    {
        foreach (var rule in rules)
        {
            if (!rule.Holds(facts)) continue;
            return rule.Outcome is { } outcome
                ? new Resolution(outcome, null, rule.Because)
                : new Resolution(Outcome.Of(parties[rule.Party!].Kind), rule.Party, rule.Because);
        }

        throw new InvalidOperationException("the last rule holds always");
    }

    /// <returns>What contradicts itself, and where in the city's file.</returns>
    internal static IEnumerable<(string Path, string Text)> Faults(IReadOnlyList<Party> parties, IReadOnlyList<Rule> rules)
    {
        foreach (var twice in parties.Index().GroupBy(p => p.Item.Id).Where(g => g.Count() > 1)) yield return ($"parties[{twice.Last().Index}].id", $"parties: '{twice.Key}' is there {twice.Count()} times");
        foreach (var (i, unknown) in parties.Index().Where(p => p.Item.Kind == PartyKind.Unknown)) yield return ($"parties[{i}].kind", $"parties: '{unknown.Id}' has no kind of own-crew, contractor or agency");
        foreach (var (i, odd) in parties.Index().Where(p => p.Item.ChaseDays is < 1 or > 365)) yield return ($"parties[{i}].chaseDays", $"parties: chaseDays of '{odd.Id}' is not 1 to 365");
        foreach (var (i, rule) in rules.Index())
        {
            var (at, n) = ($"rules[{i}]", i + 1);
            if (string.IsNullOrWhiteSpace(rule.Because)) yield return (at + ".because", $"rule {n}: says no because");
            if (rule.Party is not null == rule.Outcome is not null) yield return (at, $"rule {n}: names a party, or the outcome private or triage, and not both");
            else if (rule.Party is not null && parties.All(p => p.Id != rule.Party)) yield return (at + ".party", $"rule {n}: no party has the id '{rule.Party}'");
            else if (rule.Outcome is not (null or Outcome.Private or Outcome.Triage)) yield return (at + ".outcome", $"rule {n}: the outcome '{rule.Outcome}' needs a party instead");
            if (rule.IsCatchAll && n < rules.Count) yield return (at, $"rule {n}: holds always, so nothing after it is ever asked");
        }

        if (rules.Count == 0 || !rules[^1].IsCatchAll)
            yield return ($"rules[{rules.Count - 1}]", "rules: the last one must hold always, or something would be nobody's: { \"outcome\": \"triage\", … }");
    }
}
