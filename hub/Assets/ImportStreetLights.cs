using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Streets;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>
/// Brings the inventory's street lights into the database and the index before readings arrive. A pole that left the
/// inventory stays: its history does.
/// </summary>
public sealed class ImportStreetLights(AssetsOptions options, Database database, PoleIndex poles, ILogger<ImportStreetLights> log)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var known = (await database.ReadAsync(AssetStore.All, cancellationToken).ConfigureAwait(false)).ToDictionary(l => l.Pole);
        if (options.StreetLightsFile.Length > 0)
        {
            var changed = Read(options.StreetLightsFile).Where(l => !l.Equals(known.GetValueOrDefault(l.Pole))).ToList();
            if (changed.Count > 0)
            {
                await database.WriteAsync(scope => changed.ForEach(l => AssetStore.Upsert(scope, l)), WritePriority.Interactive, cancellationToken)
                    .ConfigureAwait(false);
            }

            foreach (var light in changed) known[light.Pole] = light;
            log.Imported(options.StreetLightsFile, known.Count, changed.Count);
        }

        poles.Replace([.. known.Values.OrderBy(l => l.Pole, StringComparer.Ordinal)]);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Reads the inventory; the first of two rows with one pole id counts.</summary>
    public static IReadOnlyList<StreetLight> Read(string path) =>
        [.. GeoJsonFile.Read(path)
            .Where(f => !string.IsNullOrWhiteSpace(f.Text("PoleID")) && f.Points[0].IsPlausible)
            .Select(f => new StreetLight(
                f.Text("PoleID")!, f.Points[0], f.Text("Owner"), f.Text("Description"), f.Text("FixtureType"),
                f.Whole("NumLamps") ?? 1, f.Whole("Neighborhood")))
            .DistinctBy(l => l.Pole)];
}
