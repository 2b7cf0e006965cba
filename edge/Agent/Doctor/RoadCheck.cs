using System.Globalization;
using ThreeOneOne.Field.Agent.Keys;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Sensing;

namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>How much of the last hour and day was assessed for potholes and roughness, and what kept it from more.</summary>
/// <param name="folder">The vehicle's data.</param>
/// <param name="key">Where the data key is.</param>
/// <param name="sensed">False for a vehicle without an accelerometer.</param>
/// <param name="time">The clock.</param>
internal sealed class RoadCheck(string folder, DataKeyFile key, bool sensed, TimeProvider time) : ICheck
{
    // Less than this of a day says nothing.
    private const long LeastSeconds = 60;

    public string Name => "road";

    public Task<Finding> LookAsync(CancellationToken stop) => Task.FromResult(Look());

    internal static Finding Of(string name, IReadOnlyList<RoadHour> hours, DateTimeOffset now)
    {
        var hour = now.ToUnixTimeSeconds() / 3_600;
        var day = hours.Where(h => h.Hour > hour - 24 && h.Hour <= hour).ToList();
        var assessed = day.Sum(h => h.Assessed);
        var not = day.SelectMany(h => h.NotAssessed).GroupBy(r => r.Key, StringComparer.Ordinal)
            .Select(g => (Reason: Enum.TryParse<NotAssessed>(g.Key, ignoreCase: true, out var known) ? known : (NotAssessed?)null, Seconds: g.Sum(r => r.Value)))
            .Where(r => r is { Reason: not null, Seconds: > 0 }).OrderByDescending(r => r.Seconds).ToList();
        if (assessed + not.Sum(r => r.Seconds) < LeastSeconds)
            return new Finding(name, CheckState.Note, "nothing was read from the accelerometer in the last day", "let the agent run while the vehicle drives, and see the line of the accelerometer");
        var lastHour = day.Where(h => h.Hour >= hour - 1).Sum(h => h.Assessed);
        var says = $"assessed for {Minutes(lastHour)} of the last hour and {Minutes(assessed)} of the last day"
            + (not.Count == 0 ? "" : $"; not: {string.Join(", ", not.Select(r => $"{RoadState.Word(r.Reason!.Value)} {Minutes(r.Seconds)}"))}");
        // What a person can do something about, the longest first.
        var wrong = not.Where(r => Remedy(r.Reason!.Value) is not null && r.Seconds >= LeastSeconds && r.Seconds * 10 >= assessed).ToList();
        if (wrong.Count > 0) return new Finding(name, IsFault(wrong[0].Reason!.Value) ? CheckState.Wrong : CheckState.Note, says, Remedy(wrong[0].Reason!.Value));
        return assessed > 0 ? new Finding(name, CheckState.Ok, says) : new Finding(name, CheckState.Note, says, "drive at more than walking pace, without equipment at work");
    }

    /// <summary>What to do about a reason; null where nothing is wrong.</summary>
    internal static string? Remedy(NotAssessed reason) => reason switch
    {
        NotAssessed.NoSource => "check the accelerometer's wires and Motion:Source, then restart the agent",
        NotAssessed.Stuck => "cut the sensor's supply for ten seconds; if it stays, replace it",
        NotAssessed.Saturated => "set a larger range on the sensor, fix it to the frame and not to a panel, and check its wires",
        NotAssessed.NotANumber => "check the sensor's wires; if it stays, replace it",
        NotAssessed.TimeBackwards => "check which clock stamps the readings (current_timestamp_clock of the sensor's driver), and that only one program sets the computer's clock",
        NotAssessed.TooSlowRate => "set the sensor to 50 readings a second or more: sampling_frequency of its driver, and its interrupt wire (Motion:Trigger)",
        NotAssessed.NotAligned => "drive some minutes with turns and stops; if it stays, fix the sensor so that it cannot turn",
        NotAssessed.BadFix => "give the antenna a view of the sky, and see the line of the receiver",
        NotAssessed.Winter => "take off Sensing:Winter when the chains are off",
        // Work, work zones and standing are what a vehicle does.
        _ => null,
    };

    private static bool IsFault(NotAssessed reason) => reason is NotAssessed.NoSource or NotAssessed.Stuck or NotAssessed.Saturated or NotAssessed.NotANumber
        or NotAssessed.TimeBackwards or NotAssessed.TooSlowRate;

    private static string Minutes(long seconds) => seconds < 60 ? $"{seconds} s" : (seconds / 60.0).ToString("0", CultureInfo.InvariantCulture) + " min";

    private Finding Look()
    {
        if (!sensed) return new Finding(Name, CheckState.Skipped, "the vehicle has no accelerometer");
        var path = Path.Combine(folder, RoadHours.FileName);
        if (!File.Exists(path)) return new Finding(Name, CheckState.Note, "the agent has not yet said how much of the road it assessed", "let it run for some minutes of driving");
        try
        {
            using var opened = key.Read();
            return Of(Name, RoadHours.Read(new StateFile(path, opened)), time.GetUtcNow());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Finding(Name, CheckState.Wrong, $"{path} cannot be read: {e.Message}", $"chown -R field-agent: {folder}, or run this as the agent's user (sudo field-agent doctor)");
        }
    }
}
