using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>How long the vehicle can go on without the hub: until its certificate ends, or its disk is full.</summary>
public static class OfflineOutlook
{
    /// <param name="diskDays">Days until records are thinned and dropped.</param>
    /// <param name="certificateEnds">When the vehicle's certificate ends; null for none.</param>
    /// <param name="now">The vehicle's clock.</param>
    public static OfflineBudget Of(int diskDays, DateTimeOffset? certificateEnds, DateTimeOffset now)
    {
        var limits = new Dictionary<string, int>();
        if (certificateEnds is { } ends) limits["certificate"] = (int)Math.Max(0, (ends - now).TotalDays);
        limits["disk"] = diskDays;
        return new OfflineBudget(limits.Values.Min(), limits);
    }

    /// <summary>For people: "19 days left: certificate 45, disk 19".</summary>
    public static string Say(OfflineBudget budget) =>
        $"{budget.Days} days left: {string.Join(", ", budget.Limits.Select(l => $"{l.Key} {l.Value}"))}";

    /// <summary>Days until the budget, or the disk itself, is full.</summary>
    internal static int DiskDays(string folder, long maxBytes, long waitingBytes, IReadOnlyDictionary<string, long>? days)
    {
        var left = Math.Max(0, (long)(maxBytes * OutboxBudget.From) - waitingBytes);
        try
        {
            left = Math.Min(left, new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Then the budget alone says it.
        }

        return (int)Math.Min(int.MaxValue, left / DailyBytes.PerDay(days));
    }
}
