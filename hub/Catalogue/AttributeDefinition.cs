using System.Globalization;

namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary>Something more that a service asks about a report.</summary>
public sealed record AttributeDefinition
{
    /// <summary>Longest <see cref="AttributeType.String"/>, characters.</summary>
    public const int LongestString = 255;

    /// <summary>Longest <see cref="AttributeType.Text"/>, characters.</summary>
    public const int LongestText = 4_000;

    public required string Code { get; init; }

    public required AttributeType Datatype { get; init; }

    /// <summary>The question as people read it.</summary>
    public required string Description { get; init; }

    /// <summary>The question in other languages.</summary>
    public IReadOnlyDictionary<string, string> Descriptions { get; init; } = new Dictionary<string, string>();

    /// <summary>How to answer; may be empty.</summary>
    public string Hint { get; init; } = "";

    public IReadOnlyDictionary<string, string> Hints { get; init; } = new Dictionary<string, string>();

    public bool Required { get; init; }

    /// <summary>False for a text that is only shown.</summary>
    public bool Variable { get; init; } = true;

    /// <summary>Whether the answer may leave the city.</summary>
    public bool Public { get; init; } = true;

    /// <summary>From 1, unique in its service.</summary>
    public required int Order { get; init; }

    public IReadOnlyList<AttributeValue> Values { get; init; } = [];

    /// <summary>What is wrong with an answer; null when nothing is. Several choices are separated by commas.</summary>
    public string? Fault(string answer) => Datatype switch
    {
        AttributeType.Number => double.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? null : "a number, such as 2.5",
        AttributeType.DateTime => DateTimeOffset.TryParse(answer, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) ? null : "a time, such as 2026-11-22T08:30:00Z",
        AttributeType.SingleValueList => Values.Any(v => v.Key == answer) ? null : Choices,
        AttributeType.MultiValueList => answer.Split(',').All(part => Values.Any(v => v.Key == part.Trim())) ? null : $"{Choices}; several separated by commas",
        AttributeType.Text => answer.Length <= LongestText ? null : $"at most {LongestText} characters",
        _ => answer.Length <= LongestString ? null : $"at most {LongestString} characters",
    };

    private string Choices => $"one of {string.Join(", ", Values.Select(v => v.Key))}";
}
