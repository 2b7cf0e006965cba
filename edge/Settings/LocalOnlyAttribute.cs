namespace ThreeOneOne.Field.Settings;

/// <summary>A section or a key that is set where the program runs and nowhere else: identity, secrets, what names programs and places to write.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
public sealed class LocalOnlyAttribute : Attribute;
