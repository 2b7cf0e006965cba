using System.Text.Json;
using ThreeOneOne.Field.Hub.Imports;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>The city's rates by code, and what a job of a service usually takes. Read once at the start.</summary>
public sealed class RateTable
{
    /// <summary>Code of labour: its quantity is multiplied by the people on board.</summary>
    public const string Labour = "labour";

    private const string AnyService = "*";
    private static readonly string[] Kinds = ["labour", "equipment", "material", "unit"];

    private readonly Dictionary<string, Rate> rates;
    private readonly ILookup<string, Preset> presets;

    public RateTable(string currency, IReadOnlyList<Rate> rates, IReadOnlyList<Preset> presets)
    {
        Currency = currency;
        this.rates = rates.ToDictionary(r => r.Code, StringComparer.Ordinal);
        this.presets = presets.ToLookup(p => p.Service, StringComparer.Ordinal);
    }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; }

    public IReadOnlyCollection<Rate> Rates => rates.Values;

    public Rate? Find(string code) => rates.GetValueOrDefault(code);

    /// <summary>What a job of the service usually takes; of any service where it has none of its own.</summary>
    public IReadOnlyList<Preset> PresetsOf(string service) => [.. presets.Contains(service) ? presets[service] : presets[AnyService]];

    /// <exception cref="InvalidDataException">The file cannot be used; names every fault.</exception>
    public static RateTable Load(string file)
    {
        var path = Path.IsPathRooted(file) ? file : Path.Combine(AppContext.BaseDirectory, file);
        try
        {
            var bytes = File.ReadAllBytes(path);
            var table = JsonSerializer.Deserialize<RatesFile>(bytes, HubJson.Options) ?? throw new JsonException("null");
            var faults = Faults(table).ToList();
            if (faults.Count == 0) return new RateTable(table.Currency, table.Rates, table.Presets);
            var lines = new JsonLines(bytes);
            throw new InvalidDataException($"{path}: {string.Join("; ", faults.Select(f => lines.At(f.Path, f.Text)))}");
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path} is no table of rates ({(e is JsonException json ? JsonLines.Explain(json) : e.Message)}): see the one of cambridge-ma", e);
        }
    }

    private static IEnumerable<(string Path, string Text)> Faults(RatesFile table)
    {
        foreach (var twice in table.Rates.Index().GroupBy(r => r.Item.Code).Where(g => g.Count() > 1)) yield return ($"rates[{twice.Last().Index}].code", $"the code '{twice.Key}' is there twice");
        foreach (var (i, rate) in table.Rates.Index())
        {
            if (string.IsNullOrWhiteSpace(rate.Code)) yield return ($"rates[{i}].code", "a rate has no code");
            if (!Kinds.Contains(rate.Kind)) yield return ($"rates[{i}].kind", $"'{rate.Code}' has the kind '{rate.Kind}': expected one of {string.Join(", ", Kinds)}");
            if (rate.Cents < 0) yield return ($"rates[{i}].cents", $"'{rate.Code}' costs {rate.Cents} cents: expected 0 or more");
        }

        foreach (var (i, preset) in table.Presets.Index())
        {
            if (table.Rates.All(r => r.Code != preset.Code)) yield return ($"presets[{i}].code", $"the preset of '{preset.Service}' names '{preset.Code}', which has no rate");
            if (preset.Quantity is not (> 0 and < 10_000)) yield return ($"presets[{i}].quantity", $"the preset '{preset.Code}' of '{preset.Service}' has the quantity {preset.Quantity}: expected more than 0");
            if (preset.Per is not ("order" or "point")) yield return ($"presets[{i}].per", $"the preset '{preset.Code}' of '{preset.Service}' is per '{preset.Per}': expected order or point");
        }
    }

    /// <param name="Code">Stable code.</param>
    /// <param name="Title">On screens.</param>
    /// <param name="Kind">labour, equipment, material or unit.</param>
    /// <param name="Unit">hour, bag, piece …</param>
    /// <param name="Cents">For one unit.</param>
    public sealed record Rate(string Code, string Title, string Kind, string Unit, long Cents)
    {
        public bool ByHour => Unit == "hour";
    }

    /// <param name="Service">Service code, or * for those without presets of their own.</param>
    /// <param name="Code">Code of a rate.</param>
    /// <param name="Quantity">In the rate's unit.</param>
    /// <param name="Per">order or point.</param>
    public sealed record Preset(string Service, string Code, double Quantity, string Per);

    private sealed record RatesFile(string Currency, Rate[] Rates, Preset[] Presets);
}
