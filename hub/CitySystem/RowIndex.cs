namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>A long list by marker, so that a group of pushes doesn't read all of it each.</summary>
internal sealed class RowIndex
{
    private readonly IReadOnlyList<CityRow> unmarked;
    private readonly ILookup<string, CityRow> marked;

    public RowIndex(IReadOnlyList<CityRow> rows)
    {
        var all = rows.Select(r => (Row: r, Marker: Marker.In(r))).ToList();
        unmarked = [.. all.Where(r => r.Marker is null).Select(r => r.Row)];
        marked = all.Where(r => r.Marker is not null).ToLookup(r => r.Marker!, r => r.Row, StringComparer.Ordinal);
    }

    /// <summary>Rows that may be a push: those with its marker, and those with none.</summary>
    public IReadOnlyList<CityRow> For(Push push) => [.. marked[push.Marker], .. unmarked];
}
