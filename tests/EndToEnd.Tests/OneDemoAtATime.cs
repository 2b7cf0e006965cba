namespace ThreeOneOne.Field.EndToEnd.Tests;

/// <summary>Two cores carry two fleets: these tests run one after another, beside those of <see cref="StartAndEndTests"/>.</summary>
[CollectionDefinition(nameof(OneDemoAtATime))]
public sealed class OneDemoAtATime;
