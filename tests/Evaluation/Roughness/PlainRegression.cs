namespace ThreeOneOne.Field.Evaluation.Roughness;

/// <summary>The usual baseline: ln(index) = a + b·ln(rms) + c·ln(speed), by least squares on vehicles and streets whose index is known.</summary>
internal sealed record PlainRegression(double Constant, double ByRms, double BySpeed)
{
    public static PlainRegression Fit(IReadOnlyCollection<(double LogRms, double LogSpeed, double LogIndex)> known)
    {
        var (x, z, y) = (known.Average(k => k.LogRms), known.Average(k => k.LogSpeed), known.Average(k => k.LogIndex));
        double xx = 0, xz = 0, zz = 0, xy = 0, zy = 0;
        foreach (var (rms, speed, index) in known)
        {
            xx += (rms - x) * (rms - x);
            xz += (rms - x) * (speed - z);
            zz += (speed - z) * (speed - z);
            xy += (rms - x) * (index - y);
            zy += (speed - z) * (index - y);
        }

        var determinant = xx * zz - xz * xz;
        var (b, c) = ((xy * zz - zy * xz) / determinant, (xx * zy - xz * xy) / determinant);
        return new PlainRegression(y - b * x - c * z, b, c);
    }

    public double LogIndex(double logRms, double logSpeed) => Constant + ByRms * logRms + BySpeed * logSpeed;
}
