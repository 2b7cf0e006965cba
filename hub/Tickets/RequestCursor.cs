using System.Globalization;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Where a page of requests ended: the sort key of its last row, so that new rows shift nothing.</summary>
public sealed record RequestCursor(long OpenedMs, string Number)
{
    /// <returns>Null when the text is no cursor.</returns>
    public static RequestCursor? TryParse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            ? new RequestCursor(ms, text[(dot + 1)..])
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{OpenedMs}.{Number}");
}
