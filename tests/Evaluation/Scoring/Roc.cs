namespace ThreeOneOne.Field.Evaluation.Scoring;

/// <summary>How well a score puts one kind above another. Ties count half; scores need no scale.</summary>
internal sealed class Roc
{
    private readonly double[] _positives;
    private readonly double[] _negatives;

    public Roc(IEnumerable<double> positives, IEnumerable<double> negatives)
    {
        (_positives, _negatives) = ([.. positives], [.. negatives]);
        Array.Sort(_positives);
        Array.Sort(_negatives);
    }

    public int Positives => _positives.Length;

    public int Negatives => _negatives.Length;

    /// <summary>Chance that a positive scores above a negative; NaN when there are none of either.</summary>
    public double Auc
    {
        get
        {
            if (_positives.Length == 0 || _negatives.Length == 0) return double.NaN;
            var sum = 0.0;
            foreach (var p in _positives) sum += (Below(p, or: false) + Below(p, or: true)) / 2.0;
            return sum / _positives.Length / _negatives.Length;
        }
    }

    /// <summary>Share of positives found where at most the given share of negatives is taken for one.</summary>
    public double TprAt(double falsePositiveRate)
    {
        if (_positives.Length == 0 || _negatives.Length == 0) return double.NaN;
        // Found are scores strictly above the (k+1)-th highest negative, so that never more than k are taken.
        var allowed = (int)Math.Floor(falsePositiveRate * _negatives.Length + 1e-9);
        if (allowed >= _negatives.Length) return 1;
        var threshold = _negatives[_negatives.Length - 1 - allowed];
        return _positives.Count(p => p > threshold) / (double)_positives.Length;
    }

    private int Below(double value, bool or)
    {
        int low = 0, high = _negatives.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_negatives[middle] < value || (or && _negatives[middle] == value)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
