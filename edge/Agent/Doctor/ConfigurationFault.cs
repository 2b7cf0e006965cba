namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>A mistake in the settings, as the reader of the settings says it.</summary>
/// <param name="says">Key, value and what was expected.</param>
internal sealed class ConfigurationFault(string says) : ICheck
{
    public string Name => "configuration";

    public Task<Finding> LookAsync(CancellationToken stop) =>
        Task.FromResult(new Finding(Name, CheckState.Wrong, says, "mend it in /etc/field-agent/agent.json (or the file of --config), then again"));
}
