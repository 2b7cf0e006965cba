using System.Text.Json;
using ThreeOneOne.Field.FaultLab.Programs;
using ThreeOneOne.Field.FaultLab.Work;
using ThreeOneOne.Field.Fleet.Demo;

namespace ThreeOneOne.Field.FaultLab.Checks;

/// <summary>Asks the hub which records of a vehicle are missing and were not dropped on purpose.</summary>
internal static class GapCheck
{
    /// <summary>True when the hub reports every one of the destroyed records as missing.</summary>
    public static async Task<bool> SeesAsync(LabVehicle vehicle, HubApi api, IReadOnlyList<Press> destroyed, TimeSpan within, CancellationToken stop)
    {
        var until = Environment.TickCount64 + (long)within.TotalMilliseconds;
        while (true)
        {
            try
            {
                var gaps = await api.GetAsync($"api/vehicles/{vehicle.Id}/gaps", stop).ConfigureAwait(false);
                if (destroyed.All(p => IsMissing(gaps, p))) return true;
            }
            catch (Exception e) when (e is InvalidDataException or HttpRequestException)
            {
                // The hub is down, or cannot say.
            }

            if (Environment.TickCount64 > until) return false;
            await Task.Delay(250, stop).ConfigureAwait(false);
        }
    }

    private static bool IsMissing(JsonElement gaps, Press press) =>
        gaps.ValueKind == JsonValueKind.Object && gaps.TryGetProperty("epochs", out var epochs)
        && epochs.EnumerateArray().Any(e => HubApi.Text(e, "epoch") == press.Epoch
            && e.GetProperty("missing").EnumerateArray().Any(r => r[0].GetInt64() <= press.Seq && press.Seq <= r[1].GetInt64()));
}
