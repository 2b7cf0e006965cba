using System.Diagnostics.CodeAnalysis;

namespace ThreeOneOne.Field.Fleet.Vehicles;

/// <summary>Advances all simulated vehicles, a few times a second of wall time.</summary>
public sealed class SimulationLoop(IReadOnlyList<SimulatedVehicle> vehicles, TimeProvider time)
{
    /// <summary>Wall time between two advances: what it adds to a reading's age.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(40);

    // A machine that cannot keep up must not spend its catching-up on one vehicle.
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    /// <summary>Why it failed; null while it has not.</summary>
    public Exception? Fault { get; private set; }

    [SuppressMessage("Design", "CA1031", Justification = "Kept for the run to report: the loop has no caller.")]
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            using var timer = new PeriodicTimer(Tick, time);
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                foreach (var vehicle in vehicles) vehicle.Advance(Most);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
        catch (Exception e)
        {
            Fault = e;
        }
    }
}
