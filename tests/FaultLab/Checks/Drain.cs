using System.Diagnostics;
using ThreeOneOne.Field.FaultLab.Programs;

namespace ThreeOneOne.Field.FaultLab.Checks;

/// <summary>Waits until the hub has acknowledged all that a crew did.</summary>
internal static class Drain
{
    /// <returns>False when it took too long.</returns>
    public static async Task<bool> ActionsAsync(LabVehicle vehicle, TimeSpan within)
    {
        vehicle.Heal();
        return await UnsentAsync(vehicle, within).ConfigureAwait(false);
    }

    /// <summary>The same without making the line well.</summary>
    public static async Task<bool> UnsentAsync(LabVehicle vehicle, TimeSpan within)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < within)
        {
            if (await vehicle.Screen.StateAsync().ConfigureAwait(false) is { Connected: true, UnsentActions: 0 }) return true;
            await Task.Delay(50).ConfigureAwait(false);
        }

        return false;
    }
}
