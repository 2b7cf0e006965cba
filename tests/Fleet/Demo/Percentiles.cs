namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>Collects latencies; safe for several threads. Of very many, the newest count.</summary>
public sealed class Percentiles
{
    private const int Most = 500_000;

    private readonly List<double> _values = [];
    private readonly Lock _lock = new();
    private int _next;

    public int Count
    {
        get
        {
            lock (_lock) return _values.Count;
        }
    }

    public void Add(double value)
    {
        lock (_lock)
        {
            if (_values.Count < Most) _values.Add(value);
            else _values[_next++ % Most] = value;
        }
    }

    /// <summary>The smallest value that at least this share of all does not exceed; null when there is none.</summary>
    public double? At(double share)
    {
        lock (_lock)
        {
            if (_values.Count == 0) return null;
            var sorted = _values.Order().ToArray();
            return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
        }
    }
}
