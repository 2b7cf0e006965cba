using System.Globalization;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Backlog;

/// <summary>
/// Takes over the requests that a city has already. Each keeps its number there as a reference, so that the same file again
/// changes nothing but to close what was closed there since. Reads the file twice: which places stand for "somewhere" shows
/// only at its end.
/// </summary>
public sealed class ImportRequests(
    HubOptions hub, TicketsOptions tickets, BacklogOptions options, ServiceCatalogue catalogue, CityEdge edge, OpenTicket open, ReportRequest report,
    DecideRequest decide, Database database, TimeProvider time) : IDisposable
{
    public const string Kind = "requests";

    private readonly SemaphoreSlim one = new(1);

    /// <param name="file">Seekable, at its start.</param>
    /// <param name="how">What is wanted.</param>
    /// <param name="tally">Is told of every row.</param>
    /// <param name="actor">Who brings it.</param>
    /// <param name="cancel">Stops between transactions: what was imported stays.</param>
    /// <exception cref="InvalidDataException">It is no table of requests, or the map cannot be used.</exception>
    public async Task<ImportReport> RunAsync(Stream file, Wanted how, ImportTally tally, Actor actor, CancellationToken cancel)
    {
        await one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var map = BacklogMap.Load(how.MapFile ?? options.MapFile, catalogue);
            var rows = new BacklogRows(map, catalogue, edge, TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone), time.GetUtcNow());
            var doubtful = Check(file, how, map, rows, tally);
            if (how.DryRun)
            {
                file.Position = 0;
                foreach (var part in Good(file, how, rows).Chunk(500)) await database.ReadAsync(c => CountKnown(c, map, part, how.Closed, tally), cancel).ConfigureAwait(false);
                return tally.Report(Kind, how.Name, actor.Name, time.GetUtcNow(), dryRun: true);
            }

            await database.WriteAsync(scope =>
            {
                foreach (var (at, reports) in doubtful) TicketStore.LearnPoint(scope, at, reports);
            }, WritePriority.Bulk, cancel).ConfigureAwait(false);
            file.Position = 0;
            using (var good = Good(file, how, rows).GetEnumerator())
                await database.WriteInSlicesAsync(scope => Slice(scope, good, map, how, doubtful, tally), cancel).ConfigureAwait(false);
            return await EndImport.KeepAsync(tally.Report(Kind, how.Name, actor.Name, time.GetUtcNow()), database, actor, cancel).ConfigureAwait(false);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    /// <summary>Looks at every row, tells those that cannot be used, and finds the places that so many name that they say nothing.</summary>
    private Dictionary<GeoPoint, int> Check(Stream file, Wanted how, BacklogMap map, BacklogRows rows, ImportTally tally)
    {
        var (points, lines, checkedHead) = (new Dictionary<GeoPoint, int>(), new Dictionary<string, long>(StringComparer.Ordinal), false);
        foreach (var row in CityFile.Rows(file, how.Form))
        {
            if (!checkedHead && row.Fault is null)
            {
                if (map.Missing(row).ToList() is { Count: > 0 } missing)
                    throw new InvalidDataException($"the file has no column for {string.Join(", ", missing)}: say in columns of the map (--map FILE) what it calls them");
                checkedHead = true;
            }

            tally.Look();
            var (request, fault) = rows.Read(row);
            if (request is not null && !lines.TryAdd(request.Id, row.Line))
                fault = new RowFault(row.Line, request.Id, RowReason.Twice, $"line {lines[request.Id].ToString(CultureInfo.InvariantCulture)} has this number already, and counts", "give each request its own");
            if (fault is not null) tally.Reject(fault);
            else if (request is null) tally.Skipped++;
            if (fault is null && request is { Pole: null }) points[request.At] = points.GetValueOrDefault(request.At) + 1;
        }

        return points.Where(p => p.Value >= tickets.DefaultPointReports && !open.IsAsset(p.Key)).ToDictionary();
    }

    /// <summary>Those that can be used, the first of each number.</summary>
    private static IEnumerable<BacklogRow> Good(Stream file, Wanted how, BacklogRows rows)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in CityFile.Rows(file, how.Form))
        {
            if (rows.Read(row) is { Request: { } request, Fault: null } && seen.Add(request.Id)) yield return request;
        }
    }

    private static bool CountKnown(System.Data.Common.DbConnection connection, BacklogMap map, IEnumerable<BacklogRow> part, bool closed, ImportTally tally)
    {
        foreach (var row in part)
        {
            var known = ReferenceStore.Find(connection, null, map.System, row.Id);
            if (known is null && (row.Ended is null || closed)) tally.Imported++;
            else if (known is not null && row.Ended is not null && TicketStore.Find(connection, null, known) is { Status: Ticket.Open }) tally.Changed++;
            else if (known is not null) tally.Unchanged++;
            else tally.Skipped++;
        }

        return true;
    }

    private bool Slice(WriteScope scope, IEnumerator<BacklogRow> good, BacklogMap map, Wanted how, Dictionary<GeoPoint, int> doubtful, ImportTally tally)
    {
        while (good.MoveNext())
        {
            One(scope, good.Current, map, how, doubtful, tally);
            if (scope.MustYield) return true;
        }

        return false;
    }

    private void One(WriteScope scope, BacklogRow row, BacklogMap map, Wanted how, Dictionary<GeoPoint, int> doubtful, ImportTally tally)
    {
        if (ReferenceStore.Find(scope.Connection, scope.Transaction, map.System, row.Id) is { } known)
        {
            Follow(scope, row, known, map, tally);
            return;
        }

        if (row.Ended is not null && !how.Closed)
        {
            tally.Skipped++;
            return;
        }

        var request = new NewRequest
        {
            Service = row.Service.Code, At = row.At, Source = row.Source, Who = map.System, Why = $"Taken over from {map.System}, where it is {row.Id}",
            Description = how.PublicText ? row.Text : null, ReportedAddress = row.Address, Pole = row.Pole is { } pole && open.HasPole(pole) ? pole : null,
            OpenedAt = row.OpenedAt, TargetAt = row.TargetAt, Ended = row.Ended, PlaceDoubtful = doubtful.ContainsKey(row.At),
        };
        var ticket = row.Ended is null ? report.Do(scope, request) : open.Open(scope, request);
        ReferenceStore.Add(scope, map.System, row.Id, ticket.Number);
        // What people wrote for each other is not for everybody.
        if (!how.PublicText && row.Text is { } text) TicketStore.AddHistory(scope, ticket, map.System, text, HistoryEntry.Note);
        tally.Imported++;
    }

    /// <summary>One that was taken over before ends here when it has ended there since; nothing else of it is written over.</summary>
    private void Follow(WriteScope scope, BacklogRow row, string number, BacklogMap map, ImportTally tally)
    {
        if (row.Ended is not { } ended || TicketStore.Find(scope, number) is not { Status: Ticket.Open, Parent: null })
        {
            tally.Unchanged++;
            return;
        }

        if (decide.Resolve(scope, number, map.System, $"closed at {map.System}", ended.Resolution) is { } problem)
            tally.Reject(new RowFault(row.Line, row.Id, RowReason.Status, $"{number} cannot be closed as it was there ({problem.Detail})", "decide on the page"));
        else tally.Changed++;
    }

    /// <summary>What is wanted of a file.</summary>
    /// <param name="Name">What people call it.</param>
    /// <param name="Form">How it is written.</param>
    /// <param name="MapFile">What it calls things; null: as the settings say.</param>
    /// <param name="DryRun">Only say what would be done.</param>
    /// <param name="Closed">Also those that have ended, as history.</param>
    /// <param name="PublicText">Their description may be seen outside; else it is an internal note.</param>
    public sealed record Wanted(string Name, FileForm Form, string? MapFile = null, bool DryRun = false, bool Closed = false, bool PublicText = false);
}
