using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>
/// Brings a layer of structures into the database and the index: by <c>POST /api/imports/road-structures</c> and by
/// <c>field-hub import road-structures FILE</c>. What the file doesn't name stays, unless the file is to replace its layer. Rows that
/// cannot be used are told, the others are imported; the same file again changes nothing.
/// </summary>
public sealed class ImportRoadStructures(CityEdge edge, Database database, RoadStructureIndex index, TimeProvider time) : IHostedService, IDisposable
{
    public const string Kind = "road-structures";

    private const int RowsTogether = 1_000;

    // Of one event: what it sets off is one transaction.
    private const int PlacesTogether = 100;

    // Two imports at a time would each miss what the other one knows.
    private readonly SemaphoreSlim one = new(1);

    public Task StartAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => one.Dispose();

    /// <summary>Fills the index with what the database has.</summary>
    public async Task LoadAsync(CancellationToken cancel) => index.Replace(await database.ReadAsync(RoadStructureStore.All, cancel).ConfigureAwait(false));

    /// <param name="file">Seekable, at its start.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="form">How it is written.</param>
    /// <param name="columns">What it calls things, and what is said of all of it.</param>
    /// <param name="tally">Is told of every row.</param>
    /// <param name="replace">What the layer has and the file doesn't name is removed; a row that was rejected names, too.</param>
    /// <param name="dryRun">Only say what would be done.</param>
    /// <param name="actor">Who brings it.</param>
    /// <param name="cancel">Stops between transactions: what was imported stays.</param>
    /// <exception cref="InvalidDataException">It is no file of rows.</exception>
    public async Task<ImportReport> RunAsync(
        Stream file, string name, FileForm form, RoadStructureColumns columns, ImportTally tally, bool replace, bool dryRun, Actor actor, CancellationToken cancel)
    {
        await one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await RunAsync(CityFile.Rows(file, form), columns, tally, replace, dryRun, cancel).ConfigureAwait(false);
        }
        finally
        {
            one.Release();
        }

        return await EndImport.KeepAsync(tally.Report(Kind, name, actor.Name, time.GetUtcNow(), dryRun), database, actor, cancel).ConfigureAwait(false);
    }

    private async Task RunAsync(IEnumerable<FileRow> rows, RoadStructureColumns columns, ImportTally tally, bool replace, bool dryRun, CancellationToken cancel)
    {
        var known = index.All.Where(s => s.Layer == columns.Layer).ToDictionary(s => s.Id, StringComparer.Ordinal);
        var unnamed = known.Values.ToDictionary(s => s.Id, StringComparer.Ordinal);
        List<RoadStructure> touched = [];
        try
        {
            foreach (var structures in RoadStructureRows.Read(rows, columns, edge, tally, id => unnamed.Remove(id)).Chunk(RowsTogether))
            {
                var changed = structures.Where(s => known.GetValueOrDefault(s.Id) != s).ToList();
                var before = changed.Select(s => known.GetValueOrDefault(s.Id)).OfType<RoadStructure>().ToList();
                tally.Changed += before.Count;
                tally.Imported += changed.Count - before.Count;
                tally.Unchanged += structures.Length - changed.Count;
                if (dryRun || changed.Count == 0) continue;
                await database.WriteAsync(scope => changed.ForEach(s => RoadStructureStore.Upsert(scope, s)), WritePriority.Bulk, cancel).ConfigureAwait(false);
                touched.AddRange([.. changed, .. before]);
            }

            tally.IsKept = replace && tally.Nameless > 0;
            if (!replace || tally.IsKept) return;
            tally.Removed = unnamed.Count;
            if (dryRun) return;
            foreach (var gone in unnamed.Values.Chunk(RowsTogether))
            {
                await database.WriteAsync(scope => Array.ForEach(gone, s => RoadStructureStore.Delete(scope, s)), WritePriority.Bulk, cancel).ConfigureAwait(false);
                touched.AddRange(gone);
            }
        }
        finally
        {
            // Also after a file that ends badly: what is in the database is in the index, and the places near it hear of it.
            if (!dryRun)
            {
                await LoadAsync(CancellationToken.None).ConfigureAwait(false);
                foreach (var places in touched.Select(s => s.At).Chunk(PlacesTogether))
                    await database.WriteAsync(scope => scope.Raise(new RoadStructuresChanged(places)), WritePriority.Bulk, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
