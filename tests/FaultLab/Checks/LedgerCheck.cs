using ThreeOneOne.Field.FaultLab.Programs;
using ThreeOneOne.Field.Fleet.Demo;

namespace ThreeOneOne.Field.FaultLab.Checks;

/// <summary>A vehicle's own list of what it appended against the hub's rows.</summary>
internal static class LedgerCheck
{
    /// <summary>Waits until the hub has one record.</summary>
    public static async Task<bool> HasAsync(LabVehicle vehicle, HubApi api, string epoch, long seq, TimeSpan within, CancellationToken stop)
    {
        var until = Environment.TickCount64 + (long)within.TotalMilliseconds;
        while (true)
        {
            try
            {
                await foreach (var row in api.LedgerAsync(vehicle.Id, stop).ConfigureAwait(false))
                    if (row.Epoch == epoch && row.Seq == seq) return true;
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // The hub is being killed just now.
            }

            if (Environment.TickCount64 > until) return false;
            await Task.Delay(250, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the hub has all that the vehicle had appended when this was called.</summary>
    /// <returns>Records that it did not get, and rows beyond the first for one record.</returns>
    public static async Task<(int Lost, int Doubled)> CompareAsync(LabVehicle vehicle, HubApi api, TimeSpan within, CancellationToken stop)
    {
        var lines = File.Exists(vehicle.AppendLog) ? await File.ReadAllLinesAsync(vehicle.AppendLog, stop).ConfigureAwait(false) : [];
        var until = Environment.TickCount64 + (long)within.TotalMilliseconds;
        while (true)
        {
            var comparison = new LedgerComparison();
            foreach (var line in lines) comparison.AddAppended(line);
            await foreach (var (epoch, seq, hash) in api.LedgerAsync(vehicle.Id, stop).ConfigureAwait(false)) comparison.AddStored(epoch, seq, hash);
            if (comparison.Lost == 0 || Environment.TickCount64 > until) return (comparison.Lost, comparison.Duplicated);
            await Task.Delay(250, stop).ConfigureAwait(false);
        }
    }
}
