using System.Text.Json;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Streets;

namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>
/// <c>GET /api/street-lights/states</c>: how many lights are in which state, and one page of those of one state; or of those
/// that no pass could judge for some nights, with the reason where passes gave one.
/// </summary>
public static class ReadLightStates
{
    private const int UsualLimit = 200;
    private const int MostLimit = 2_000;
    private const string Unseen = "unseen";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/street-lights/states", ListAsync).RequirePermission("map.read")
            .WithSummary("List street lights by state, or those not seen by night").Produces<LightPage>();

    private static async Task<IResult> ListAsync(
        Database database, PoleIndex poles, StreetMap streets, StreetLightsOptions options, TimeProvider time, CancellationToken cancel, string? state = null, int? nights = null, int? limit = null, string? after = null)
    {
        var wanted = PoleState.Out;
        var errors = new Dictionary<string, string[]>();
        if (state is not (null or Unseen) && !(Enum.TryParse(state, ignoreCase: true, out wanted) && Enum.IsDefined(wanted) && !char.IsDigit(state[0])))
            errors["state"] = [$"{string.Join(", ", Enum.GetValues<PoleState>().Select(Word))} or {Unseen}"];
        if (nights is < 1 or > 365) errors["nights"] = ["1 to 365"];
        if (limit is < 1 or > MostLimit) errors["limit"] = [$"1 to {MostLimit}"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var most = limit ?? UsualLimit;
        var since = (time.GetUtcNow() - TimeSpan.FromDays(nights ?? options.UnseenNights)).ToUnixTimeMilliseconds();
        var from = after ?? "";
        return TypedResults.Ok(await database.ReadAsync(c =>
        {
            // Of the inventory as it is: a light that no vehicle passed has no row, and a row may be of a pole that has gone since.
            var states = StreetLightStore.States(c);
            PoleState StateOf(StreetLight light) => states.GetValueOrDefault(light.Pole);
            var seen = StreetLightStore.ToldSince(c, since);
            var unseen = poles.All.Where(l => !seen.Contains(l.Pole)).ToList();
            var counts = Enum.GetValues<PoleState>().ToDictionary(Word, _ => 0);
            foreach (var light in poles.All) counts[Word(StateOf(light))]++;
            var found = (state == Unseen ? unseen : poles.All.Where(l => StateOf(l) == wanted))
                .Where(l => string.CompareOrdinal(l.Pole, from) > 0).OrderBy(l => l.Pole, StringComparer.Ordinal).Take(most + 1).ToList();
            return new LightPage(
                counts, unseen.Count, [.. found.Take(most).Select(l => View(l, StreetLightStore.Find(c, l.Pole), streets.Locate(l.At)?.Text))], found.Count > most ? found[most - 1].Pole : null);
        }, cancel).ConfigureAwait(false));
    }

    private static LightView View(StreetLight light, PoleReading? reading, string? address) => new(
        light.Pole, light.At.Latitude, light.At.Longitude, address, light.Kind, light.Lamps, Word(reading?.State ?? PoleState.Unknown),
        reading is { Usual: var usual } ? Math.Round(usual, 2) : null, reading?.Passes ?? 0, Time(reading?.LastMs), Time(reading?.ToldMs), reading?.Doubt is { } doubt ? JsonNamingPolicy.CamelCase.ConvertName(doubt.ToString()) : null);

    private static DateTimeOffset? Time(long? ms) => ms is null or 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(ms.Value);

    private static string Word(PoleState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    /// <param name="Counts">Lights of the inventory by state; those that no vehicle ever passed are unknown.</param>
    /// <param name="Unseen">Lights that no pass could judge for the asked number of nights.</param>
    /// <param name="Items">One page, by id.</param>
    /// <param name="Next">What the next page begins after; null: there is none.</param>
    public sealed record LightPage(IReadOnlyDictionary<string, int> Counts, int Unseen, IReadOnlyList<LightView> Items, string? Next);

    /// <param name="Pole">Its id.</param>
    /// <param name="Lat">Degrees.</param>
    /// <param name="Lon">Degrees.</param>
    /// <param name="Address">The nearest by the city's centre-lines; null: none is near.</param>
    /// <param name="Kind">Of its fixture.</param>
    /// <param name="Luminaires">On the pole.</param>
    /// <param name="State">What is known of it.</param>
    /// <param name="Usual">Share of its fixture's usual light that is usual of it; 0: it shows nothing on the street and is not judged.</param>
    /// <param name="Passes">That were looked at.</param>
    /// <param name="Last">The newest.</param>
    /// <param name="Told">The newest that could tell.</param>
    /// <param name="Doubt">Why most of the others could not.</param>
    public sealed record LightView(
        string Pole, double Lat, double Lon, string? Address, string? Kind, int Luminaires, string State, double? Usual, int Passes, DateTimeOffset? Last, DateTimeOffset? Told, string? Doubt);
}
