using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;

namespace ThreeOneOne.Field.Hub;

/// <summary>
/// What a sentence of the hub is about, for whoever says it in another language: a code that stays when the sentence is worded
/// anew, and what stands in it. The sentences and their codes are <see cref="ProblemSentences"/>.
/// </summary>
/// <param name="Code">Such as <c>too-long</c>.</param>
/// <param name="Values">By name, such as <c>max</c>.</param>
public sealed partial record ProblemCode(string Code, IReadOnlyDictionary<string, string> Values)
{
    private static readonly (string Code, Regex Says)[] Known = [.. ProblemSentences.All.Select(s => (s.Code, Pattern(s.Says)))];

    /// <returns>Null where the sentence has no code, as with those that only programs cause.</returns>
    public static ProblemCode? Of(string? sentence)
    {
        if (string.IsNullOrEmpty(sentence)) return null;
        foreach (var (code, says) in Known)
        {
            if (says.Match(sentence) is not { Success: true } found) continue;
            return new ProblemCode(code, found.Groups.Values.Where(g => g.Name != "0").ToDictionary(g => g.Name, g => g.Value, StringComparer.Ordinal));
        }

        return null;
    }

    /// <summary>Every problem that the API answers carries its <c>code</c>, and <c>codes</c> by field.</summary>
    public static void AddTo(JsonTypeInfo type)
    {
        if (typeof(ProblemDetails).IsAssignableFrom(type.Type)) type.OnSerializing = problem => Name((ProblemDetails)problem);
    }

    internal static void Name(ProblemDetails problem)
    {
        if (problem.Extensions.ContainsKey("code") || problem.Extensions.ContainsKey("codes")) return;
        if (problem is HttpValidationProblemDetails { Errors: { Count: > 0 } errors })
        {
            var codes = errors.Select(e => (e.Key, Code: Of(e.Value.FirstOrDefault()))).Where(e => e.Code is not null).ToDictionary(e => e.Key, e => e.Code!);
            if (codes.Count > 0) problem.Extensions["codes"] = codes;
        }
        else if (Of(problem.Detail) is { } whole)
        {
            problem.Extensions["code"] = whole.Code;
            problem.Extensions["values"] = whole.Values;
        }
        else if (Field().Match(problem.Detail ?? "") is { Success: true, Groups: var at } && Of(at["rest"].Value) is { } part)
        {
            // "reason: at most 200 characters" is about a field of the form.
            problem.Extensions["codes"] = new Dictionary<string, ProblemCode> { [at["field"].Value] = part };
        }
    }

    private static Regex Pattern(string says) => new(
        "^" + Slot().Replace(Regex.Escape(says), m => m.Groups["name"].Value is "max" or "hours" or "seconds" ? $"(?<{m.Groups["name"]}>[0-9][0-9.,]*)" : $"(?<{m.Groups["name"]}>.+)") + "$",
        // What a sender wrote may stand in a sentence: no text may cost more than its length.
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.NonBacktracking);

    // A brace is escaped, its pair is not.
    [GeneratedRegex(@"\\\{(?<name>\w+)\}")]
    private static partial Regex Slot();

    [GeneratedRegex(@"^(?<field>[a-z]\w*): (?<rest>.+)$", RegexOptions.Singleline)]
    private static partial Regex Field();
}
