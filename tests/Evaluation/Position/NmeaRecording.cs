using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Evaluation.Position;

/// <summary>The fixes of a recorded receiver, by the agent's own reader.</summary>
internal static class NmeaRecording
{
    public static IEnumerable<Fix> Read(string path)
    {
        var merger = new NmeaMerger(null);
        var last = DateTimeOffset.MinValue;
        foreach (var line in File.ReadLines(path))
        {
            foreach (var epoch in Epochs(merger, line))
            {
                if (epoch is not { At: { } at, Time: { } time } || time <= last) continue;
                last = time;
                yield return new Fix
                {
                    FixTime = time,
                    DeviceTime = time,
                    MonotonicMs = 0,
                    At = at,
                    SpeedMps = epoch.SpeedMps ?? 0,
                    CourseDeg = epoch.CourseDeg is >= 0 and <= 360 ? epoch.CourseDeg % 360 : null,
                    Hdop = epoch.Hdop,
                    Satellites = epoch.Satellites,
                };
            }
        }
    }

    private static List<GpsEpoch> Epochs(NmeaMerger merger, string line)
    {
        if (!NmeaSentence.TryRead(line, out var sentence)) return [];
        var (first, second) = merger.Add(sentence);
        List<GpsEpoch> epochs = [];
        if (first is { } a) epochs.Add(a);
        if (second is { } b) epochs.Add(b);
        return epochs;
    }
}
