using System.Globalization;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>Keeps what became of a file that somebody brought: its report, and who it was.</summary>
public static class EndImport
{
    /// <param name="report">Of all rows; that of a dry run is not kept.</param>
    /// <param name="database">Where.</param>
    /// <param name="actor">Who brought the file.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The report.</returns>
    public static async Task<ImportReport> KeepAsync(ImportReport report, Database database, Actor actor, CancellationToken cancel)
    {
        if (report.DryRun) return report;
        var counts = string.Create(CultureInfo.InvariantCulture,
            $"{report.Imported} new, {report.Changed} changed, {report.Unchanged} unchanged, {report.Skipped} passed over, {report.Removed} removed, {report.Rejected} rejected");
        await database.WriteAsync(scope =>
        {
            ImportStore.Save(scope, Guid.NewGuid().ToString("N"), report);
            Audit.Write(scope, actor, $"import.{report.Kind}", report.File, counts);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return report;
    }
}
