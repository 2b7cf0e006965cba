namespace ThreeOneOne.Field.Settings;

/// <summary>One setting that cannot be used.</summary>
/// <param name="Key">Path such as <c>Storage:Readers</c>, or the file or argument itself.</param>
/// <param name="Value">What was given; null when nothing was.</param>
/// <param name="Expected">What would be right, continuing "expected".</param>
public sealed record SettingsError(string Key, string? Value, string Expected)
{
    public override string ToString() => Value is null ? $"{Key}: expected {Expected}" : $"{Key} = '{Value}': expected {Expected}";
}
