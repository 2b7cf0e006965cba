using System.Globalization;
using System.Text;

namespace ThreeOneOne.Field.Evaluation.Data;

/// <summary>One drive with harsh manoeuvres and no marked potholes, turned to the earth's axes.</summary>
/// <param name="Clip">The whole drive, brought to 50 Hz; its speed is not known.</param>
/// <param name="Manoeuvres">Seconds from its beginning to each manoeuvre's begin and end.</param>
internal sealed record ManoeuvreDrive(RoadClip Clip, IReadOnlyList<(double From, double To)> Manoeuvres)
{
    /// <summary>Reads <c>driver_events/*_acelerometro_terra.csv</c> and the <c>_groundTruth.csv</c> beside each.</summary>
    public static IReadOnlyList<ManoeuvreDrive> Read(EvaluationContext context) =>
        [.. context.Files("driver_events", "*_acelerometro_terra.csv").Select(file => new ManoeuvreDrive(
            Joined(Path.GetFileName(file), [.. Rows(file, 1).Select(r => (r[0] / 1e9, r[1], r[2], r[3]))]),
            [.. Rows(file.Replace("_acelerometro_terra", "_groundTruth", StringComparison.Ordinal), 1).Select(r => (r[0], r[1]))]))];

    private static RoadClip Joined(string id, List<(double Time, double X, double Y, double Z)> samples)
    {
        var count = samples.Count == 0 ? 0 : (int)((samples[^1].Time - samples[0].Time) * RoadshockClips.RateHz);
        var (x, y, z) = (new float[count], new float[count], new float[count]);
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            var time = samples[0].Time + i / RoadshockClips.RateHz;
            while (samples[at + 1].Time < time) at++;
            var (from, to) = (samples[at], samples[at + 1]);
            var share = to.Time > from.Time ? (time - from.Time) / (to.Time - from.Time) : 0;
            x[i] = (float)(from.X + share * (to.X - from.X));
            y[i] = (float)(from.Y + share * (to.Y - from.Y));
            z[i] = (float)(from.Z + share * (to.Z - from.Z));
        }

        return new RoadClip(id, id, RoadLabel.Handling, double.NaN, RoadshockClips.RateHz, x, y, z);
    }

    private static IEnumerable<double[]> Rows(string file, int skip)
    {
        var number = 1;
        foreach (var line in File.ReadLines(file, Encoding.UTF8).Skip(1))
        {
            number++;
            if (line.Length == 0) continue;
            var parts = line.Split(',');
            var row = new double[parts.Length - skip];
            for (var i = 0; i < row.Length; i++)
            {
                if (!double.TryParse(parts[i + skip], NumberStyles.Float, CultureInfo.InvariantCulture, out row[i]))
                    throw new InvalidDataException($"{file}, line {number}: '{parts[i + skip]}' is no number");
            }

            yield return row;
        }
    }
}
