namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>
/// An agent process that replays a recording, again and again: at its end the agent goes and comes back with the same
/// recording moved to a later time. So its time only runs forward, and never into the future.
/// </summary>
public sealed class RecordedDrive(AgentProcess agent, PassPlan passes, TimeProvider time)
{
    // The agent comes up, and its last fixes are read.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(4);

    /// <summary>Starts the agent at once; the task ends when told to, and leaves the agent running.</summary>
    /// <param name="configure">Writes the agent's settings with these sources.</param>
    /// <param name="stop">The end of the run.</param>
    public async Task StartAsync(Action<Dictionary<string, object>> configure, CancellationToken stop)
    {
        try
        {
            DateTimeOffset? ended = null;
            while (true)
            {
                var pass = passes.Next(ended);
                configure(AgentSources.Played(agent.Plan.Role, pass));
                agent.Start();
                await Task.Delay(pass.Plays(passes.Length) + Margin, time, stop).ConfigureAwait(false);
                ended = pass.Start + passes.Length;
                await agent.EndAsync().ConfigureAwait(false);
                stop.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the run.
        }
    }
}
