namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>Which pieces and vehicles hang together by driving: only within a part can one be held against another.</summary>
internal static class ConnectedParts
{
    /// <returns>The part of each piece and then of each period, and how many parts there are.</returns>
    public static (int[] Parts, int Count) Of(int pieces, int periods, int[] pieceOf, int[] periodOf)
    {
        var root = Enumerable.Range(0, pieces + periods).ToArray();
        for (var i = 0; i < pieceOf.Length; i++)
        {
            var (a, b) = (Root(pieceOf[i]), Root(pieces + periodOf[i]));
            root[Math.Max(a, b)] = Math.Min(a, b);
        }

        var numbers = new Dictionary<int, int>();
        var parts = new int[root.Length];
        for (var i = 0; i < root.Length; i++)
        {
            var top = Root(i);
            if (!numbers.TryGetValue(top, out var number)) numbers[top] = number = numbers.Count;
            parts[i] = number;
        }

        return (parts, numbers.Count);

        int Root(int i)
        {
            while (root[i] != i) i = root[i] = root[root[i]];
            return i;
        }
    }
}
