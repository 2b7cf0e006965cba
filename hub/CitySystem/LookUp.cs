using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>
/// Tells from the city's list whether a push is there: by its marker; without one by place, service, text and time. Pure. What
/// could be it and could be somebody else's is ambiguous, never taken for either.
/// </summary>
public static class LookUp
{
    // What rounding to five decimals does, 0.6 m.
    private const double SameDegrees = 6e-6;

    /// <param name="push">What is looked for.</param>
    /// <param name="rows">The city's complete list of the time in question.</param>
    /// <param name="owners">Ids of the city that count as other requests of ours. The city's answer to a POST may have named the wrong one: what its list shows is believed before that.</param>
    /// <param name="echo">What the city is known to give back.</param>
    /// <param name="options">How the city is configured.</param>
    /// <param name="began">When the list was asked for.</param>
    public static PushAnswer Judge(
        Push push, IReadOnlyList<CityRow> rows, IReadOnlyDictionary<string, Push> owners, CityEcho echo, CitySystemOptions options, DateTimeOffset began)
    {
        var marked = rows.Where(r => r.Mentions(push.Marker)).ToList();
        var ids = marked.Select(r => r.Id).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count > 1) return new PushAnswer.Ambiguous(began, $"the city has it more than once: {List(ids)}");
        if (ids.Count == 1) return new PushAnswer.Stored(ids[0]);
        if (marked.Count > 0) return new PushAnswer.NoNews("the city has it and has given it no id yet");
        var hasMarker = options.Quirks.Marker != CityQuirks.MarkerPlace.Nowhere;
        if (hasMarker && echo.KeepsMarkers) return new PushAnswer.Absent(began);
        return ByPlace(push, rows, owners, echo, options, began);
    }

    /// <summary>Whether a row may be a push as far as service, time and place tell: then nobody may take it for a new request.</summary>
    public static bool MayBe(Push push, CityRow row, CitySystemOptions options) =>
        push.FirstSentAt is { } sent
        && (row.ServiceCode is null || row.ServiceCode == push.Body.ServiceCode)
        && (row.RequestedAt is null || row.RequestedAt >= sent - options.ClockSkew)
        && (row.At is not { } at || at.DistanceMTo(new GeoPoint(push.Body.Lat, push.Body.Lon)) <= options.Quirks.PlaceM);

    /// <summary>The city has it where we said, to the last digit that it keeps.</summary>
    public static bool IsPlace(PushBody body, CityRow row) =>
        row.At is { } at && Math.Abs(at.Latitude - body.Lat) <= SameDegrees && Math.Abs(at.Longitude - body.Lon) <= SameDegrees;

    private static PushAnswer ByPlace(
        Push push, IReadOnlyList<CityRow> rows, IReadOnlyDictionary<string, Push> owners, CityEcho echo, CitySystemOptions options, DateTimeOffset began)
    {
        var candidates = rows
            .Where(r => MayBe(push, r, options) && (Marker.In(r) is not { } other || other == push.Marker) && !IsOthers(push, r, owners))
            .DistinctBy(r => r.Id ?? r.Token).ToList();
        var exact = candidates.Where(r => IsPlace(push.Body, r) && IsText(push, r)).ToList();
        if (exact is [{ Id: { } id }]) return new PushAnswer.Stored(id);
        if (exact is [{ Id: null }]) return new PushAnswer.NoNews("the city has it and has given it no id yet");
        if (exact.Count > 1) return new PushAnswer.Ambiguous(began, $"the city has several alike: {List(exact.Select(r => r.Id))}");
        if (candidates.Count == 0 || echo.KeepsPlaces) return new PushAnswer.Absent(began);
        return new PushAnswer.Ambiguous(began, $"it may be one of these, which the city has near there since: {List(candidates.Select(r => r.Id))}");
    }

    private static bool IsOthers(Push push, CityRow row, IReadOnlyDictionary<string, Push> owners) =>
        row.Id is not null && owners.TryGetValue(row.Id, out var owner) && owner.Request != push.Request
        && (IsPlace(owner.Body, row) || !IsPlace(push.Body, row) || !IsText(push, row));

    // A city that gives no text back tells by place alone.
    private static bool IsText(Push push, CityRow row) => row.Description is not { } there || Plain(there).StartsWith(Plain(push.Body.Description), StringComparison.Ordinal)
        || Plain(push.Body.Description).StartsWith(Plain(there), StringComparison.Ordinal);

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static string List(IEnumerable<string?> ids)
    {
        var all = ids.Select(i => i ?? "one without an id").ToList();
        return string.Join(", ", all.Take(10)) + (all.Count > 10 ? $" and {all.Count - 10} more" : "");
    }
}
