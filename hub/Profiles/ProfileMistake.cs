namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>Something in a folder of profiles that cannot be used.</summary>
/// <param name="File">Relative to the folder.</param>
/// <param name="Key">Such as <c>Motion:RateHz</c>; empty for the file itself.</param>
/// <param name="Value">What was given, shortened; null when nothing was.</param>
/// <param name="Expected">What would be right, continuing "expected".</param>
public sealed record ProfileMistake(string File, string Key, string? Value, string Expected)
{
    public override string ToString() =>
        $"{File}: {(Key.Length == 0 ? "" : Value is null ? $"{Key}: " : $"{Key} = {Value}: ")}expected {Expected}";
}
