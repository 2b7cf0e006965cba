namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>Looks at one thing that can be set up wrongly. Changes nothing, and disturbs no agent that runs.</summary>
internal interface ICheck
{
    string Name { get; }

    /// <returns>What it found before <paramref name="stop"/>, which comes when its time is over.</returns>
    Task<Finding> LookAsync(CancellationToken stop);
}
