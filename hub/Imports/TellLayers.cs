using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>Tells people what became of the rows of a layer that is read at every start: in the log, and among the last reports.</summary>
public static class TellLayers
{
    public static async Task TellAsync(ImportReport report, Database database, ILogger log, CancellationToken cancel)
    {
        log.Imported(report.Kind, report.File, report.Read, report.Imported, report.Changed, report.Unchanged, report.Skipped);
        if (report.Faults is [var first, ..]) log.Rejected(report.File, report.Rejected, report.Kind, first.Line, $"{first.Cause}: {first.Remedy}");
        await database.WriteAsync(scope => ImportStore.Save(scope, $"start-{report.Kind}", report), WritePriority.Interactive, cancel).ConfigureAwait(false);
    }
}
