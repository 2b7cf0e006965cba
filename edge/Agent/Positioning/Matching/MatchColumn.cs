namespace ThreeOneOne.Field.Agent.Positioning.Matching;

/// <summary>One fix and the places on streets where it may have been, each with the state of the fix before that it came from.</summary>
internal sealed class MatchColumn
{
    /// <summary>States of one fix: each street both ways.</summary>
    public const int MostStates = 24;

    public readonly int[] Edge = new int[MostStates];
    public readonly float[] Along = new float[MostStates];
    public readonly float[] Off = new float[MostStates];
    public readonly float[] Score = new float[MostStates];
    public readonly int[] By = new int[MostStates];

    public List<(long Number, float X, float Y)> Carried { get; } = [];

    public long Number { get; private set; }

    public DateTimeOffset Time { get; private set; }

    public float X { get; private set; }

    public float Y { get; private set; }

    public int Count { get; private set; }

    public bool Decided { get; set; }

    public int Best
    {
        get
        {
            var best = 0;
            for (var i = 1; i < Count; i++)
            {
                if (Score[i] > Score[best]) best = i;
            }

            return best;
        }
    }

    public void Begin(long number, DateTimeOffset time, float x, float y)
    {
        (Number, Time, X, Y) = (number, time, x, y);
        Count = 0;
        Decided = false;
        Carried.Clear();
    }

    public bool IsNear(float x, float y, float metres) => (x - X) * (x - X) + (y - Y) * (y - Y) < metres * metres;

    public void Until(DateTimeOffset time) => Time = time;

    public void Add(int edge, float along, float off, float score)
    {
        (Edge[Count], Along[Count], Off[Count], Score[Count], By[Count]) = (edge, along, off, score, 0);
        Count++;
    }

    public void Reach(int i, float score, int by)
    {
        Score[i] += score;
        By[i] = Math.Max(0, by);
    }

    public void Drop(float below)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (!(Score[i] >= below)) continue;
            Copy(i, kept++);
        }

        Count = kept;
    }

    public void Lower(float by)
    {
        for (var i = 0; i < Count; i++) Score[i] -= by;
    }

    public void Alone() => Array.Clear(By);

    public void Rooted()
    {
        Array.Clear(By);
        Drop(float.MinValue);
    }

    public void Kill(int i) => Score[i] = float.NegativeInfinity;

    public void Only(int i)
    {
        Copy(i, 0);
        By[0] = 0;
        Count = 1;
    }

    private void Copy(int from, int to) =>
        (Edge[to], Along[to], Off[to], Score[to], By[to]) = (Edge[from], Along[from], Off[from], Score[from], By[from]);
}
