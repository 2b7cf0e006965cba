namespace ThreeOneOne.Field.EndToEnd.Tests;

/// <summary>Two cores carry one fleet: these tests run one after another. Two fleets at once took nine tenths of the time and all of the calm.</summary>
[CollectionDefinition(nameof(OneDemoAtATime), DisableParallelization = true)]
public sealed class OneDemoAtATime;
