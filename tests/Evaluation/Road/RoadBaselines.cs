namespace ThreeOneOne.Field.Evaluation.Road;

/// <summary>
/// The four rules of "Real time pothole detection using Android smartphones with accelerometers" (Mednis et al. 2011), as
/// scores of a window: what each compares with its threshold.
/// </summary>
internal static class RoadBaselines
{
    private const double Gravity = 9.81;

    public static IReadOnlyList<(string Name, Func<RoadWindow, double> Score)> All { get; } =
        [("stdev_z", StdevZ), ("z_thresh", ZThresh), ("z_diff", ZDiff), ("g_zero", GZero)];

    /// <summary>Standard deviation of z.</summary>
    public static double StdevZ(RoadWindow window)
    {
        double sum = 0, squares = 0;
        foreach (var z in window.Z)
        {
            sum += z;
            squares += (double)z * z;
        }

        var n = window.Z.Length;
        return Math.Sqrt(Math.Max(0, squares / n - sum / n * (sum / n)));
    }

    /// <summary>Farthest from gravity.</summary>
    private static double ZThresh(RoadWindow window)
    {
        var most = 0.0;
        foreach (var z in window.Z) most = Math.Max(most, Math.Abs(z - Gravity));
        return most;
    }

    /// <summary>Largest step between two samples.</summary>
    private static double ZDiff(RoadWindow window)
    {
        var most = 0.0;
        for (var i = 1; i < window.Z.Length; i++) most = Math.Max(most, Math.Abs(window.Z[i] - window.Z[i - 1]));
        return most;
    }

    /// <summary>How near all three axes come to nothing at once: free fall.</summary>
    private static double GZero(RoadWindow window)
    {
        var least = double.MaxValue;
        for (var i = 0; i < window.Z.Length; i++)
            least = Math.Min(least, Math.Max(Math.Abs(window.Z[i]), Math.Max(Math.Abs(window.X[i]), Math.Abs(window.Y[i]))));
        return -least;
    }
}
