namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>The vertical acceleration around one shock, and what it looks like.</summary>
internal sealed class ShockWindow
{
    public ShockWindow(IReadOnlyList<double> vertical, double rateHz, double speedMps)
    {
        SpeedMps = speedMps;
        for (var i = 0; i < vertical.Count; i++)
        {
            if (vertical[i] > Up) (Up, UpAt) = (vertical[i], i);
            if (-vertical[i] > Down) (Down, DownAt) = (-vertical[i], i);
        }

        PeakAt = Up >= Down ? UpAt : DownAt;
        // The first lobe that matters, and how long it pushes one way.
        var first = 0;
        while (first < vertical.Count && Math.Abs(vertical[first]) < 0.3 * Peak) first++;
        FirstAt = first;
        if (first < vertical.Count)
        {
            var sign = Math.Sign(vertical[first]);
            var start = first;
            while (start > 0 && Math.Sign(vertical[start - 1]) == sign) start--;
            var end = first;
            while (end < vertical.Count && Math.Sign(vertical[end]) == sign)
            {
                FirstLobeMps += vertical[end] / rateHz;
                if (Math.Abs(vertical[end]) > Math.Abs(FirstPeak)) FirstPeak = vertical[end];
                end++;
            }

            FirstLobeSeconds = (end - start) / rateHz;
        }

        var last = vertical.Count - 1;
        while (last > first && Math.Abs(vertical[last]) < 0.3 * Peak) last--;
        Seconds = (last - first + 1) / rateHz;

        // Body motion (below some 4 Hz) against wheel and edge (above).
        double slow = 0, slowEnergy = 0, energy = 0, velocity = 0, most = 0, least = 0;
        var share = 1 - Math.Exp(-2 * Math.PI * 3.5 / rateHz);
        foreach (var v in vertical)
        {
            slow += share * (v - slow);
            slowEnergy += slow * slow;
            energy += v * v;
            velocity += v / rateHz;
            most = Math.Max(most, velocity);
            least = Math.Min(least, velocity);
        }

        SlowShare = energy > 0 ? slowEnergy / energy : 0;
        Energy = energy / rateHz;
        SwingMps = most - least;
    }

    public double SpeedMps { get; }

    /// <summary>Strongest push up, m/s².</summary>
    public double Up { get; private set; }

    /// <summary>Strongest fall, m/s², positive.</summary>
    public double Down { get; private set; }

    public double Peak => Math.Max(Up, Down);

    public int UpAt { get; private set; }

    public int DownAt { get; private set; }

    public int PeakAt { get; }

    public int FirstAt { get; }

    public double FirstPeak { get; private set; }

    public double FirstLobeSeconds { get; private set; }

    /// <summary>What the first lobe did to the body's vertical speed, m/s; negative: it began to fall.</summary>
    public double FirstLobeMps { get; private set; }

    public double Seconds { get; }

    public double SlowShare { get; }

    /// <summary>Integral of the square, m²/s³.</summary>
    public double Energy { get; }

    /// <summary>Range of the body's vertical speed, m/s.</summary>
    public double SwingMps { get; }
}
