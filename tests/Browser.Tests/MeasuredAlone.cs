namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>What is measured runs after everything else, and by itself.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = "alone";
}
