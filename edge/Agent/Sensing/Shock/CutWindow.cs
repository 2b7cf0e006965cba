namespace ThreeOneOne.Field.Agent.Sensing.Shock;

/// <summary>1.28 s of readings at 50 Hz in which something was felt.</summary>
/// <param name="Readings"><see cref="ShockFeatures.Samples"/> of them.</param>
/// <param name="X">Ahead, m/s².</param>
/// <param name="Y">To the left.</param>
/// <param name="Z">Up, with gravity.</param>
/// <param name="TurnDeg">How far the vehicle turned during it and as long before and after it, degrees over ground; 0 when no course is known.</param>
/// <param name="IsWhole">False when the stream broke off so soon after it that something stronger may have been cut off.</param>
internal sealed record CutWindow(MotionReading[] Readings, float[] X, float[] Y, float[] Z, double TurnDeg, bool IsWhole)
{
    // Of the strongest: what is weaker is the road before it.
    private const double TouchShare = 0.35;

    /// <summary>Where the strongest is, and how strong without gravity, m/s².</summary>
    public (int At, double Mps2) Peak
    {
        get
        {
            var mean = Z.Average();
            var at = 0;
            for (var i = 1; i < Z.Length; i++)
            {
                if (Math.Abs(Z[i] - mean) > Math.Abs(Z[at] - mean)) at = i;
            }

            return (at, Math.Abs(Z[at] - mean));
        }
    }

    /// <summary>Features of the window as it was driven.</summary>
    public void Features(Span<float> to) => ShockFeatures.Write(X, Y, Z, Readings[Peak.At].Place.SpeedMps, to);

    /// <summary>
    /// When the front axle first touched what was strongest: the first time within <paramref name="wheelbaseM"/> before it that is a good
    /// part as strong, because the rear axle may have been shaken more.
    /// </summary>
    public int FirstTouch(double wheelbaseM)
    {
        var (at, mps2) = Peak;
        var mean = Z.Average();
        // A little more than a wheelbase: the body answers late.
        var before = (int)(ShockFeatures.RateHz * 1.3 * wheelbaseM / Math.Max(1, Readings[at].Place.SpeedMps));
        var first = Math.Max(0, at - before);
        while (first < at && Math.Abs(Z[first] - mean) < TouchShare * mps2) first++;
        return first;
    }
}
