using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Health;

/// <summary>
/// Whether the vehicle's work goes on: each sensor's own loop turns, sensing takes what the sensors give, and the outbox commits what
/// waits. A sensor that is unplugged turns and gives nothing, which is well; one whose driver never comes back does not turn.
/// </summary>
/// <param name="writing">Groups that the outbox has committed since the start, and records that wait for a commit.</param>
/// <param name="sources">Health of each source by name.</param>
/// <param name="sensing">Readings that sensing took since the start; null while no source gives any.</param>
/// <param name="patience">How long something may stand still.</param>
/// <param name="time">Steady clock.</param>
public sealed class Progress(
    Func<OutboxWriting> writing, IReadOnlyDictionary<string, Func<SourceHealth>> sources, Func<long?> sensing, TimeSpan patience, TimeProvider time)
{
    private readonly Dictionary<string, (long Count, long Since)> seen = [];

    /// <summary>Looks; to be asked a few times in the time of <c>patience</c>.</summary>
    /// <returns>What stands still for too long, in words; null when all goes on.</returns>
    public string? Stuck()
    {
        var (commits, waiting) = writing();
        if (waiting > 0 && Still("outbox", commits)) return $"the outbox has committed nothing for {Seconds("outbox")} s, {waiting} records wait";
        if (waiting == 0) seen.Remove("outbox");
        foreach (var (name, health) in sources)
        {
            if (health().Turns is { } turns && Still(name, turns)) return $"the loop of '{name}' has not turned for {Seconds(name)} s";
        }

        if (sensing() is not { } taken) seen.Remove("sensing");
        else if (Still("sensing", taken)) return $"sensing has taken no reading for {Seconds("sensing")} s";
        return null;
    }

    private bool Still(string name, long count)
    {
        if (seen.TryGetValue(name, out var last) && last.Count == count) return time.GetElapsedTime(last.Since) > patience;
        seen[name] = (count, time.GetTimestamp());
        return false;
    }

    private int Seconds(string name) => (int)time.GetElapsedTime(seen[name].Since).TotalSeconds;
}
