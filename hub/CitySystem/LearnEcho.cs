using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>
/// Learns from lists of the city whether it gives markers and places back as they were sent, each request of ours once; and finds
/// out where its answer to a POST named another request than the one it stored.
/// </summary>
public sealed class LearnEcho(Database database, SettlePushes settle)
{
    private const int MostAtOnce = 50;

    /// <returns>Which ids on the list are which pushes of ours, and what is known by now.</returns>
    public async Task<(IReadOnlyDictionary<string, Push> Owners, CityEcho Echo)> FromAsync(IReadOnlyList<CityRow> rows, CancellationToken cancel)
    {
        var byId = rows.Where(r => r.Id is not null).GroupBy(r => r.Id!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var ids = byId.Keys.ToList();
        var (owners, unseen, before) = await database.ReadAsync(c => (CityStore.Owners(c, ids), CityLinkStore.Unseen(c, ids), CityLinkStore.Echo(c)), cancel).ConfigureAwait(false);
        var wrong = owners.Values.Where(p => IsAnothers(p, byId[p.Remote!], before)).ToList();
        var news = owners.Values.Where(p => unseen.Contains(p.Request)).Except(wrong).Take(MostAtOnce).ToList();
        if (wrong.Count + news.Count == 0) return (owners, before);
        return await database.WriteAsync(scope =>
        {
            foreach (var push in news) CityLinkStore.SaveEcho(scope, push.Request, byId[push.Remote!].Mentions(push.Marker), LookUp.IsPlace(push.Body, byId[push.Remote!]));
            foreach (var push in wrong) settle.Disproved(scope, push.Id, $"{push.Remote}, which the city answered with, turned out to be another one");
            return ((IReadOnlyDictionary<string, Push>)CityStore.Owners(scope.Connection, ids, scope.Transaction), CityLinkStore.Echo(scope.Connection, scope.Transaction));
        }, WritePriority.Bulk, cancel).ConfigureAwait(false);
    }

    // A city that always gives markers or places back gives this one's back too.
    private static bool IsAnothers(Push push, CityRow row, CityEcho echo) =>
        !row.Mentions(push.Marker) && (Marker.In(row) is not null || ((echo.KeepsMarkers || echo.KeepsPlaces) && !LookUp.IsPlace(push.Body, row)));
}
