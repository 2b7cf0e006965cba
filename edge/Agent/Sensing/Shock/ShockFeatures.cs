namespace ThreeOneOne.Field.Agent.Sensing.Shock;

/// <summary>
/// What 1.28 s of acceleration look like, in numbers that do not depend on the sensor's rate (50 Hz after resampling, nothing
/// above 25 Hz) nor on its heading in the vehicle (horizontal axes are taken together).
/// </summary>
internal static class ShockFeatures
{
    /// <summary>Rate that windows are brought to, Hz.</summary>
    public const double RateHz = 50;

    /// <summary>Samples of a window.</summary>
    public const int Samples = 64;

    public static IReadOnlyList<string> Names { get; } =
    [
        "ln_rms_z", "ln_rms_h", "ln_up", "ln_down", "up_over_down", "crest", "kurtosis", "skew",
        "z_1_2hz", "z_2_5hz", "z_5_9hz", "z_9_15hz", "z_15_25hz", "h_1_5hz", "h_5_25hz",
        "ln_swing_mps", "ln_swing_m", "speed", "ln_rms_by_speed", "crossings", "half_peak_share", "ln_jerk",
        "first_lobe", "down_to_up_s", "energy_in_300ms", "second_over_first", "ln_h_over_z", "h_flat",
    ];

    // Bands of the spectrum's bins of 0.78 Hz: first and last.
    private static readonly (int First, int Last)[] Bands = [(1, 2), (3, 6), (7, 11), (12, 19), (20, 31)];

    /// <param name="x">Horizontal acceleration, m/s²; <see cref="Samples"/> of them at <see cref="RateHz"/>.</param>
    /// <param name="y">The other horizontal axis.</param>
    /// <param name="z">Up; gravity may be in it or not.</param>
    /// <param name="speedMps">Speed over ground; NaN when unknown.</param>
    /// <param name="to">Receives <see cref="Names"/>'s count of values.</param>
    public static void Write(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, double speedMps, Span<float> to)
    {
        Span<double> vertical = stackalloc double[Samples];
        Span<double> ahead = stackalloc double[Samples];
        Span<double> left = stackalloc double[Samples];
        Detrend(z, vertical);
        Detrend(x, ahead);
        Detrend(y, left);
        double squares = 0, cubes = 0, fourths = 0, up = 0, down = 0, jerk = 0, velocity = 0, place = 0;
        double mostV = 0, leastV = 0, mostP = 0, leastP = 0;
        int upAt = 0, downAt = 0, crossings = 0;
        for (var i = 0; i < Samples; i++)
        {
            var v = vertical[i];
            squares += v * v;
            cubes += v * v * v;
            fourths += v * v * v * v;
            if (v > up) (up, upAt) = (v, i);
            if (-v > down) (down, downAt) = (-v, i);
            velocity = 0.97 * velocity + v / RateHz;
            place = 0.95 * place + velocity / RateHz;
            (mostV, leastV) = (Math.Max(mostV, velocity), Math.Min(leastV, velocity));
            (mostP, leastP) = (Math.Max(mostP, place), Math.Min(leastP, place));
            if (i == 0) continue;
            jerk = Math.Max(jerk, Math.Abs(v - vertical[i - 1]));
            if (v > 0 != vertical[i - 1] > 0) crossings++;
        }

        var variance = Math.Max(1e-6, squares / Samples);
        var rms = Math.Sqrt(variance);
        var peak = Math.Max(up, down);
        var (hx, hy, hxy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Samples; i++)
        {
            hx += ahead[i] * ahead[i];
            hy += left[i] * left[i];
            hxy += ahead[i] * left[i];
        }

        var horizontal = Math.Sqrt(Math.Max(1e-6, (hx + hy) / Samples));
        var spread = Math.Sqrt((hx - hy) * (hx - hy) + 4 * hxy * hxy);
        var above = 0;
        var first = 0;
        while (first < Samples - 1 && Math.Abs(vertical[first]) < 0.35 * peak) first++;
        for (var i = 0; i < Samples; i++)
        {
            if (Math.Abs(vertical[i]) > 0.5 * peak) above++;
        }

        var (best, second) = TwoStrongest(vertical);
        Span<double> zBands = stackalloc double[Bands.Length];
        Span<double> hBands = stackalloc double[Bands.Length];
        Power(vertical, zBands);
        Power(ahead, hBands);
        Span<double> other = stackalloc double[Bands.Length];
        Power(left, other);
        double zAll = 1e-9, hAll = 1e-9;
        for (var b = 0; b < Bands.Length; b++)
        {
            hBands[b] += other[b];
            zAll += zBands[b];
            hAll += hBands[b];
        }

        var k = 0;
        to[k++] = Ln(rms);
        to[k++] = Ln(horizontal);
        to[k++] = Ln(up);
        to[k++] = Ln(down);
        to[k++] = Ln(up) - Ln(down);
        to[k++] = (float)(peak / rms);
        to[k++] = (float)Math.Min(30, fourths / Samples / (variance * variance));
        to[k++] = (float)(cubes / Samples / (variance * rms));
        foreach (var band in zBands) to[k++] = (float)(band / zAll);
        to[k++] = (float)((hBands[0] + hBands[1]) / hAll);
        to[k++] = (float)((hBands[2] + hBands[3] + hBands[4]) / hAll);
        to[k++] = Ln(mostV - leastV);
        to[k++] = Ln(mostP - leastP);
        to[k++] = (float)speedMps;
        to[k++] = Ln(rms) - 0.5f * Ln(Math.Max(1, double.IsNaN(speedMps) ? 8 : speedMps));
        to[k++] = crossings / (float)Samples;
        to[k++] = above / (float)Samples;
        to[k++] = Ln(jerk);
        to[k++] = (float)(vertical[first] / Math.Max(0.01, peak));
        to[k++] = (float)((upAt - downAt) / RateHz);
        to[k++] = (float)(best / Math.Max(1e-9, squares));
        to[k++] = (float)(second / Math.Max(1e-9, best));
        to[k++] = Ln(horizontal) - Ln(rms);
        to[k] = (float)(spread / Math.Max(1e-6, hx + hy));
    }

    private static float Ln(double value) => (float)Math.Log(Math.Max(1e-3, value));

    // Less its straight line: a slope's or a bend's constant pull is no shock.
    private static void Detrend(ReadOnlySpan<float> values, Span<double> to)
    {
        double mean = 0, slope = 0, spread = 0;
        foreach (var v in values) mean += v;
        mean /= values.Length;
        for (var i = 0; i < values.Length; i++)
        {
            var t = i - (values.Length - 1) / 2.0;
            slope += t * (values[i] - mean);
            spread += t * t;
        }

        slope /= spread;
        for (var i = 0; i < values.Length; i++) to[i] = values[i] - mean - slope * (i - (values.Length - 1) / 2.0);
    }

    // Energies of the strongest 300 ms and of the next that does not touch them.
    private static (double Best, double Second) TwoStrongest(ReadOnlySpan<double> values)
    {
        const int Span = 15;
        Span<double> sums = stackalloc double[Samples - Span + 1];
        for (var i = 0; i < Span; i++) sums[0] += values[i] * values[i];
        for (var i = 1; i < sums.Length; i++) sums[i] = sums[i - 1] + values[i + Span - 1] * values[i + Span - 1] - values[i - 1] * values[i - 1];
        var at = 0;
        for (var i = 1; i < sums.Length; i++)
        {
            if (sums[i] > sums[at]) at = i;
        }

        var second = 0.0;
        for (var i = 0; i < sums.Length; i++)
        {
            if (Math.Abs(i - at) >= Span) second = Math.Max(second, sums[i]);
        }

        return (sums[at], second);
    }

    private static readonly double[] Cosines = [.. Enumerable.Range(0, Samples).Select(i => Math.Cos(Math.Tau * i / Samples))];
    private static readonly double[] Sines = [.. Enumerable.Range(0, Samples).Select(i => Math.Sin(Math.Tau * i / Samples))];
    private static readonly double[] Hann = [.. Enumerable.Range(0, Samples).Select(i => 0.5 - 0.5 * Math.Cos(Math.Tau * (i + 0.5) / Samples))];

    private static void Power(ReadOnlySpan<double> values, Span<double> bands)
    {
        for (var b = 0; b < Bands.Length; b++)
        {
            for (var bin = Bands[b].First; bin <= Bands[b].Last; bin++)
            {
                double re = 0, im = 0;
                for (var i = 0; i < Samples; i++)
                {
                    var v = values[i] * Hann[i];
                    re += v * Cosines[bin * i % Samples];
                    im += v * Sines[bin * i % Samples];
                }

                bands[b] += re * re + im * im;
            }
        }
    }
}
