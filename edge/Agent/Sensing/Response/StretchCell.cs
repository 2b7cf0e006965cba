namespace ThreeOneOne.Field.Agent.Sensing.Response;

/// <summary>A few metres of a stretch, while they are driven: band powers, and when.</summary>
internal sealed class StretchCell
{
    // How long the lowest bands ring after a shock, and by how much its time may be late.
    private static readonly TimeSpan Ringing = TimeSpan.FromSeconds(1), Early = TimeSpan.FromSeconds(0.2);

    private readonly double[] _sums = new double[ResponseBands.Count];
    private double _speeds;
    private int _count;

    public DateTimeOffset From { get; private set; }

    public DateTimeOffset To { get; private set; }

    public void Add(DateTimeOffset time, double verticalMps2, double speedMps, ResponseBands bands)
    {
        if (_count == 0) From = time;
        To = time;
        bands.Add(verticalMps2, _sums);
        _speeds += speedMps;
        _count++;
    }

    /// <summary>(m/km)², and what was taken off it; null when a shock is in it: a hole is a hole and not the road.</summary>
    public (double Square, double Hum)? Square(ResponseBands bands, List<DateTimeOffset> shocks)
    {
        if (_count == 0) return null;
        foreach (var shock in shocks)
        {
            if (shock > From - Ringing && shock < To + Early) return null;
        }

        return bands.Square(_sums, _count, _speeds / _count);
    }
}
