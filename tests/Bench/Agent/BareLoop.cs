namespace ThreeOneOne.Field.Bench.Agent;

/// <summary>The least that a .NET program of this kind can be: a timer at the accelerometer's block rate. A baseline for memory.</summary>
internal static class BareLoop
{
    public const string Argument = "bare-loop";

    public static async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
        {
            // It only wakes up.
        }
    }
}
