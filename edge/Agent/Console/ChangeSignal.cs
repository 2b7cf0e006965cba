namespace ThreeOneOne.Field.Agent.Console;

/// <summary>Wakes whoever shows the state when something of it may have changed. Costs nothing while nobody looks.</summary>
public sealed class ChangeSignal
{
    private TaskCompletionSource? waiting;

    /// <summary>Completes at the next change after this was asked for. Ask before looking.</summary>
    public Task Next
    {
        get
        {
            var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref waiting, fresh, null) ?? fresh).Task;
        }
    }

    public void Raise() => Interlocked.Exchange(ref waiting, null)?.TrySetResult();
}
