using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkZones;

/// <summary>
/// Brings a feed of announced works into the database and tells sites of them: by <c>POST /api/imports/work-zones</c> and by
/// <c>field-hub import work-zones FILE</c>. What the file doesn't name stays, unless the file is to replace its layer. Rows that cannot be
/// used are told, the others are imported; the same file again changes nothing.
/// </summary>
public sealed class ImportWorkZones(CityEdge edge, NoteSites notes, HubOptions hub, Database database, TimeProvider time) : IDisposable
{
    public const string Kind = "work-zones";

    // Two imports at a time would each miss what the other one knows.
    private readonly SemaphoreSlim one = new(1);

    public void Dispose() => one.Dispose();

    /// <param name="file">Seekable, at its start.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="form">How it is written.</param>
    /// <param name="columns">What it calls things.</param>
    /// <param name="tally">Is told of every row.</param>
    /// <param name="replace">
    /// What the layer has and the file doesn't name is taken back: what has not begun goes, what lasts ends now, and what is over stays, because what was felt in it was felt in works. Nothing is, while a row has no id.
    /// </param>
    /// <param name="dryRun">Only say what would be done.</param>
    /// <param name="actor">Who brings it.</param>
    /// <param name="cancel">Stops between transactions: what was imported stays.</param>
    /// <exception cref="InvalidDataException">It is no file of features.</exception>
    public async Task<ImportReport> RunAsync(Stream file, string name, FileForm form, WorkZoneColumns columns, ImportTally tally, bool replace, bool dryRun, Actor actor, CancellationToken cancel)
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

    private async Task RunAsync(IEnumerable<FileRow> rows, WorkZoneColumns columns, ImportTally tally, bool replace, bool dryRun, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var known = (await database.ReadAsync(c => WorkZoneStore.OfLayer(c, columns.Layer), cancel).ConfigureAwait(false)).ToDictionary(w => w.Id, StringComparer.Ordinal);
        var unnamed = known.Values.ToDictionary(w => w.Id, StringComparer.Ordinal);
        foreach (var works in new WorkZoneRows(columns, edge, TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone), now).Read(rows, tally, id => unnamed.Remove(id)))
        {
            var before = known.GetValueOrDefault(works.Id);
            if (before == works)
            {
                tally.Unchanged++;
                continue;
            }

            if (before is null) tally.Imported++;
            else tally.Changed++;
            // Each by itself: folding the places in one is work enough for one transaction.
            if (!dryRun) await KeepAsync(works, cancel).ConfigureAwait(false);
        }

        // A feed that was cut off names none of what follows: to end those works would open requests in them.
        tally.IsKept = replace && tally.Nameless > 0;
        if (!replace || tally.IsKept) return;
        foreach (var gone in unnamed.Values.Where(w => w.UntilMs > now.ToUnixTimeMilliseconds()))
        {
            tally.Removed++;
            if (dryRun) continue;
            if (gone.FromMs < now.ToUnixTimeMilliseconds()) await KeepAsync(gone with { UntilMs = now.ToUnixTimeMilliseconds() }, cancel).ConfigureAwait(false);
            else await database.WriteAsync(scope => Forget(scope, gone), WritePriority.Bulk, cancel).ConfigureAwait(false);
        }
    }

    private Task KeepAsync(WorkZone works, CancellationToken cancel) => database.WriteAsync(scope =>
    {
        WorkZoneStore.Upsert(scope, works);
        notes.Set(scope, works.Source, works.ToNote());
    }, WritePriority.Bulk, cancel);

    private void Forget(WriteScope scope, WorkZone works)
    {
        WorkZoneStore.Delete(scope, works);
        notes.Set(scope, works.Source, null);
    }
}
