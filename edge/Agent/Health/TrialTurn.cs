namespace ThreeOneOne.Field.Agent.Health;

/// <summary>
/// One change is on trial at a time, a profile or a version of the program: of two at once nobody could tell which one made the vehicle
/// unwell, and the hub would count the fault of one against the other.
/// </summary>
/// <param name="running">Trials that this start of the program goes on with.</param>
public sealed class TrialTurn(int running)
{
    private readonly Lock gate = new();
    private int running = running;

    /// <summary>Takes the turn for another trial, until <see cref="End"/> or the end of the program.</summary>
    /// <returns>False while another one runs.</returns>
    public bool TryBegin()
    {
        lock (gate)
        {
            if (running > 0) return false;
            running = 1;
            return true;
        }
    }

    /// <summary>A trial is over, or was not begun after all.</summary>
    public void End()
    {
        lock (gate) running = Math.Max(0, running - 1);
    }
}
