namespace ThreeOneOne.Field.EndToEnd.Tests;

/// <summary>Two cores carry one fleet: these tests run one after another.</summary>
[CollectionDefinition(nameof(OneDemoAtATime), DisableParallelization = true)]
public sealed class OneDemoAtATime;
