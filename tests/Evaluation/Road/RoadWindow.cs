using ThreeOneOne.Field.Evaluation.Data;

namespace ThreeOneOne.Field.Evaluation.Road;

/// <summary>
/// A window of fixed length from a clip. Each clip is cut into blocks of at most <see cref="BlockSeconds"/>, and each block
/// gives the one window in which z varies most: the same for every label, so that neither a clip's length nor the choice of
/// the window gives the label away.
/// </summary>
internal sealed record RoadWindow(RoadClip Clip, int From, int Length)
{
    /// <summary>Length, seconds.</summary>
    public const double Seconds = 1.28;

    private const double BlockSeconds = 4;

    public ReadOnlySpan<float> X => Clip.X.AsSpan(From, Length);

    public ReadOnlySpan<float> Y => Clip.Y.AsSpan(From, Length);

    public ReadOnlySpan<float> Z => Clip.Z.AsSpan(From, Length);

    public static IEnumerable<RoadWindow> Cut(RoadClip clip)
    {
        var length = (int)Math.Round(Seconds * clip.RateHz);
        var blocks = Math.Max(1, (int)(clip.Length / (BlockSeconds * clip.RateHz)));
        for (var b = 0; b < blocks; b++)
        {
            var from = clip.Length * b / blocks;
            var to = clip.Length * (b + 1) / blocks;
            RoadWindow? best = null;
            var most = -1.0;
            for (var at = from; at + length <= to; at++)
            {
                var window = new RoadWindow(clip, at, length);
                var varies = RoadBaselines.StdevZ(window);
                if (varies > most) (best, most) = (window, varies);
            }

            if (best is not null) yield return best;
        }
    }
}
