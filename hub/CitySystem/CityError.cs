namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>What a city said was wrong.</summary>
public sealed record CityError(string? Code, string Text)
{
    public override string ToString() => Code is null ? Text : $"{Code}: {Text}";
}
