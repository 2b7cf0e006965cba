using System.Globalization;

namespace ThreeOneOne.Field.Evaluation.Data;

/// <summary>One drive of a loop with a phone: 5 Hz, GPS at 1 Hz, and the times at which a person marked a pothole.</summary>
/// <param name="Name">Of the drive.</param>
/// <param name="Samples">In order of time.</param>
/// <param name="Potholes">Seconds since the epoch.</param>
internal sealed record LoopDrive(string Name, IReadOnlyList<LoopSample> Samples, IReadOnlyList<double> Potholes)
{
    /// <summary>Reads <c>pittsburgh/*_sensors.csv</c> and the <c>_potholes.csv</c> beside each.</summary>
    public static IReadOnlyList<LoopDrive> Read(EvaluationContext context) =>
        [.. context.Files("pittsburgh", "*_sensors.csv").Select(file => new LoopDrive(
            Path.GetFileName(file).Replace("_sensors.csv", "", StringComparison.Ordinal),
            Spread([.. Rows(file).Select(r => new LoopSample(r[0], r[1], r[2], r[3], (r[4], r[5], r[6]), (r[7], r[8], r[9])))]),
            [.. Rows(file.Replace("_sensors", "_potholes", StringComparison.Ordinal)).Select(r => r[0])]))];

    // Some clocks say whole seconds only: the samples of one second are spread over it.
    private static List<LoopSample> Spread(List<LoopSample> samples)
    {
        for (var from = 0; from < samples.Count;)
        {
            var to = from;
            while (to < samples.Count && samples[to].Time == samples[from].Time) to++;
            for (var i = from; i < to; i++) samples[i] = samples[i] with { Time = samples[from].Time + (i - from) / (double)(to - from) };
            from = to;
        }

        return samples;
    }

    private static IEnumerable<double[]> Rows(string file)
    {
        var number = 1;
        foreach (var line in File.ReadLines(file).Skip(1))
        {
            number++;
            var parts = line.Split(',');
            var row = new double[parts.Length];
            for (var i = 0; i < parts.Length; i++)
            {
                if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out row[i]))
                    throw new InvalidDataException($"{file}, line {number}: '{parts[i]}' is no number");
            }

            yield return row;
        }
    }
}
