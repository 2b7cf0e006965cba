namespace ThreeOneOne.Field.Agent.Health;

/// <summary>How a trial stands.</summary>
public enum TrialState
{
    /// <summary>Neither proven nor out of time.</summary>
    Running = 0,

    /// <summary>Keep the change.</summary>
    Healthy,

    /// <summary>Take the change back.</summary>
    Unhealthy,

    /// <summary>Out of time, and what lacks need not be the change's fault: no signal, no sky. Whoever tries it decides.</summary>
    Undecided,
}
