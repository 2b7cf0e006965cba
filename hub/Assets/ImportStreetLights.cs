using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>
/// Brings an inventory's street lights into the database and the index: at the start before readings arrive, by
/// <c>POST /api/imports/street-lights</c>, and by <c>field-hub import street-lights FILE</c>. A pole that left the inventory stays:
/// its history does. Rows that cannot be used are told, the others are imported; the same file again changes nothing.
/// </summary>
public sealed class ImportStreetLights(
    AssetsOptions options, CityEdge edge, Database database, PoleIndex poles, TimeProvider time, ILogger<ImportStreetLights> log) : IHostedService, IDisposable
{
    public const string Kind = "street-lights";

    private const int RowsTogether = 1_000;

    // Two imports at a time would each miss what the other one knows.
    private readonly SemaphoreSlim one = new(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken).ConfigureAwait(false);
        if (options.StreetLightsFile.Length == 0) return;
        var tally = new ImportTally();
        await RunAsync(CityFile.Layer(options.StreetLightsFile), options.Columns, tally, dryRun: false, cancellationToken).ConfigureAwait(false);
        var report = tally.Report(Kind, options.StreetLightsFile, "start of the hub", time.GetUtcNow());
        if (report.Read > 0 && report.Read == report.Rejected)
            throw new InvalidDataException($"{CityFile.Beside(options.StreetLightsFile)} (Assets:StreetLightsFile): none of its {report.Read} rows can be used; {report.Faults[0]}");
        await TellLayers.TellAsync(report, database, log, cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => one.Dispose();

    /// <summary>Fills the index with what the database has.</summary>
    public async Task LoadAsync(CancellationToken cancel) => poles.Replace(await database.ReadAsync(AssetStore.All, cancel).ConfigureAwait(false));

    /// <param name="file">Seekable, at its start.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="form">How it is written.</param>
    /// <param name="columns">What it calls things.</param>
    /// <param name="tally">Is told of every row.</param>
    /// <param name="dryRun">Only say what would be done.</param>
    /// <param name="actor">Who brings it.</param>
    /// <param name="cancel">Stops between transactions: what was imported stays.</param>
    /// <exception cref="InvalidDataException">It is no file of rows, or none of them can be used.</exception>
    public async Task<ImportReport> RunAsync(
        Stream file, string name, FileForm form, StreetLightColumns columns, ImportTally tally, bool dryRun, Actor actor, CancellationToken cancel)
    {
        await RunAsync(CityFile.Rows(file, form), columns, tally, dryRun, cancel).ConfigureAwait(false);
        return await EndImport.KeepAsync(tally.Report(Kind, name, actor.Name, time.GetUtcNow(), dryRun), database, actor, cancel).ConfigureAwait(false);
    }

    private async Task RunAsync(IEnumerable<FileRow> rows, StreetLightColumns columns, ImportTally tally, bool dryRun, CancellationToken cancel)
    {
        await one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var known = poles.All.ToDictionary(l => l.Pole, StringComparer.Ordinal);
            foreach (var lights in StreetLightRows.Read(rows, columns, edge, tally).Chunk(RowsTogether))
            {
                var changed = new List<StreetLight>();
                foreach (var light in lights)
                {
                    if (!known.TryGetValue(light.Pole, out var before)) tally.Imported++;
                    else if (before != light) tally.Changed++;
                    else
                    {
                        tally.Unchanged++;
                        continue;
                    }

                    changed.Add(light);
                    known[light.Pole] = light;
                }

                if (!dryRun && changed.Count > 0)
                    await database.WriteAsync(scope => changed.ForEach(l => AssetStore.Upsert(scope, l)), WritePriority.Bulk, cancel).ConfigureAwait(false);
            }
        }
        finally
        {
            // Also after a file that ends badly: what is in the database is in the index.
            if (!dryRun) await LoadAsync(CancellationToken.None).ConfigureAwait(false);
            one.Release();
        }
    }
}
