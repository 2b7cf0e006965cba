namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>What a city's service asks for beside place and description.</summary>
/// <param name="Code">Name in <c>attribute[CODE]</c>.</param>
/// <param name="Type">string, number, datetime, text, singlevaluelist or multivaluelist.</param>
/// <param name="IsRequired">A request without it is refused.</param>
/// <param name="IsVariable">False for text that is only shown.</param>
/// <param name="Question">What it asks.</param>
/// <param name="Values">Keys of a list.</param>
public sealed record CityQuestion(string Code, string Type, bool IsRequired, bool IsVariable, string? Question, IReadOnlyList<string> Values);
