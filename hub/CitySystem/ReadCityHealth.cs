using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary><c>GET /api/city</c>: how the exchange with the city's 311 system stands.</summary>
public static class ReadCityHealth
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/city", async (Database database, CitySystemOptions options, CityPace pace, TimeProvider time, CancellationToken cancel) =>
            TypedResults.Ok(await database.ReadAsync(c => Read(c, options, pace, time.GetUtcNow()), cancel).ConfigureAwait(false)))
            .RequirePermission("city.read").WithSummary("Read how the exchange with the city stands");

    private static CityHealth Read(System.Data.Common.DbConnection connection, CitySystemOptions options, CityPace pace, DateTimeOffset now)
    {
        var state = CityLinkStore.State(connection);
        var counts = CityStore.Counts(connection);
        var echo = CityLinkStore.Echo(connection);
        return new CityHealth
        {
            Name = options.Name,
            Url = options.Url,
            LastPushAt = At(state.LastPushMs),
            LastPullAt = At(state.LastPullMs),
            PulledTo = At(state.PulledToMs),
            LagSeconds = options is { IsOn: true, Pull: true } && At(state.PulledToMs) is { } to ? Math.Round((now - to).TotalSeconds) : null,
            Fault = state.Fault,
            PausedUntil = pace.PausedUntil > now ? pace.PausedUntil : null,
            Pushes = Enum.GetValues<PushState>().ToDictionary(CityStore.Word, s => counts.GetValueOrDefault(s)),
            Unknown = counts.GetValueOrDefault(PushState.OutcomeUnknown),
            Failed = counts.GetValueOrDefault(PushState.Failed),
            Doubled = CityStore.Doubles(connection),
            Held = CityLinkStore.HeldCount(connection),
            KeepsMarkers = echo.KeepsMarkers,
            KeepsPlaces = echo.KeepsPlaces,
        };
    }

    private static DateTimeOffset? At(long? ms) => ms is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
