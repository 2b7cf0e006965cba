using System.Diagnostics.CodeAnalysis;

namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>Makes all checks at once, each within its time, and gives what they found in their order.</summary>
internal static class Rounds
{
    public static async Task<IReadOnlyList<Finding>> MakeAsync(IReadOnlyList<ICheck> checks, TimeSpan longest, TimeProvider time, CancellationToken stop) =>
        await Task.WhenAll(checks.Select(c => LookAsync(c, longest, time, stop))).ConfigureAwait(false);

    [SuppressMessage("Design", "CA1031", Justification = "A check that fails must not hide what the others found.")]
    private static async Task<Finding> LookAsync(ICheck check, TimeSpan longest, TimeProvider time, CancellationToken stop)
    {
        // A driver may hold a call for ever: the check is left behind.
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(longest);
        var look = Task.Run(() => check.LookAsync(late.Token), CancellationToken.None);
        try
        {
            return await look.WaitAsync(longest + TimeSpan.FromSeconds(2), time, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            return new Finding(check.Name, CheckState.Wrong, $"no answer within {longest.TotalSeconds:0} s", "try again with --seconds 60; if it stays, restart the vehicle's computer");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new Finding(check.Name, CheckState.Wrong, e.Message, "tell whoever maintains the program");
        }
    }
}
