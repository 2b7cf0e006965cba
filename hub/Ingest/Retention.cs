using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// Lets go of what has been kept long enough: whole files of days, and rows of the main database in slices that give way.
/// The ranges stay, so that nothing which went comes back.
/// </summary>
public sealed class Retention(RetentionOptions options, Database database, TrackStore tracks, TimeProvider time, ILogger<Retention> log) : BackgroundService
{
    // So many times as long as the work before it.
    private const double Rest = 2;

    private static readonly RecordKind[] Kinds = Enum.GetValues<RecordKind>();

    /// <summary>Removes what is over now.</summary>
    /// <returns>Days of tracks and rows that went.</returns>
    public async Task<(int Days, long Rows)> RunAsync(CancellationToken cancel)
    {
        var days = 0;
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        foreach (var day in tracks.Files.Days().Where(d => options.TrackDays > 0 && d < today.AddDays(-options.TrackDays)))
        {
            await database.WriteAsync(_ => tracks.Files.Remove(day), WritePriority.Bulk, cancel).ConfigureAwait(false);
            days++;
        }

        var keepFrom = Kinds.ToDictionary(k => k, KeepFromMs);
        if (keepFrom.Values.All(ms => ms == long.MinValue)) return (days, 0);
        return (days, await RemoveRowsAsync(keepFrom, cancel).ConfigureAwait(false));
    }

    // Looking for them is the most of it, and needs no writer.
    private async Task<long> RemoveRowsAsync(Dictionary<RecordKind, long> keepFrom, CancellationToken cancel)
    {
        var rows = 0L;
        var pace = new Pace(Rest, time);
        for ((long Source, long Seq)? at = (0, 0); at is { } from;)
        {
            (var over, at) = await database.ReadAsync(c => RecordStore.Old(c, from, keepFrom), cancel).ConfigureAwait(false);
            var done = 0;
            if (over.Count > 0)
            {
                await database.WriteInSlicesAsync(scope =>
                {
                    while (done < over.Count && !scope.MustYield) rows += RecordStore.Remove(scope, over[done++]) ? 1 : 0;
                    return done < over.Count;
                }, cancel).ConfigureAwait(false);
            }

            await pace.RestAsync(cancel).ConfigureAwait(false);
        }

        return rows;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever hinders it now, it is tried again, and keeping too long harms less than ending the hub.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                var (days, rows) = await RunAsync(stoppingToken).ConfigureAwait(false);
                if (days + rows > 0) log.LetGo(days, rows);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.NotLetGo(e, options.Every);
            }
        }
    }

    private long KeepFromMs(RecordKind kind)
    {
        var days = kind switch
        {
            RecordKind.Lamp or RecordKind.Shock or RecordKind.Roughness => options.ObservationDays,
            RecordKind.Health => options.HealthDays,
            RecordKind.Action or RecordKind.Shift => options.WorkDays,
            _ => options.OtherDays,
        };
        return days == 0 ? long.MinValue : time.GetUtcNow().AddDays(-days).ToUnixTimeMilliseconds();
    }
}
