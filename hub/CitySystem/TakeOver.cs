using System.Security.Cryptography;
using System.Text;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>Takes rows and updates of the city over, in the caller's transaction: new ones become requests, known ones are merged.</summary>
public sealed class TakeOver(
    CitySystemOptions options, SettlePushes settle, Outbox outbox, ReportRequest report, DecideRequest decide, ServiceCatalogue catalogue)
{
    private readonly Dictionary<string, string> services = options.Services.Select(s => (Theirs: s.Value, Ours: s.Key))
        .Concat(options.TakeServices.Select(s => (Theirs: s.Key, Ours: s.Value)))
        .GroupBy(s => s.Theirs, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Ours, StringComparer.Ordinal);

    /// <param name="scope">The transaction.</param>
    /// <param name="row">As the city tells it.</param>
    /// <param name="echo">What the city is known to give back.</param>
    /// <param name="isNew">It may become a request; else only known ones are merged.</param>
    public void Row(WriteScope scope, CityRow row, CityEcho echo, bool isNew)
    {
        if (row.Id is not { } remote) return;
        // Two hubs that pull at once would both find it unknown.
        scope.LockCells([Cell(remote)]);
        if (Marker.In(row) is { } marker && CityStore.ByMarker(scope, marker) is { Kind: PushKind.Request } push) settle.Seen(scope, push, remote);
        var links = CityLinkStore.ByRemote(scope, remote);
        if (links.Count == 0 && Imported(scope, remote) is { } known)
        {
            // From here on as if it had been taken over when it was open there.
            links = [new CityLink { Request = known.Number, Remote = remote, Origin = "pull", Told = known.Stage, RemoteStatus = Ticket.Open, AppliedAt = known.UpdatedAt }];
            CityLinkStore.Save(scope, links[0]);
        }

        foreach (var link in links) Merge(scope, link, row);
        if (links.Count > 0) CityLinkStore.Release(scope, remote);
        else if (isNew) New(scope, row, echo);
    }

    /// <summary>An update at the city becomes a line of our history, once.</summary>
    public void Update(WriteScope scope, CityUpdate update)
    {
        if (update.Request is not { } remote) return;
        foreach (var link in CityLinkStore.ByRemote(scope, remote))
        {
            // Our own come back under the ids that we gave them.
            if (update.Id.StartsWith(link.Request + "-", StringComparison.Ordinal) || Marker.In(new CityRow { Texts = update.Texts }) is not null) continue;
            if (!CityLinkStore.TakeUpdate(scope, $"{remote}/{update.Id}") || TicketStore.Find(scope, link.Request) is not { } ticket) continue;
            TicketStore.AddHistory(scope, ticket, options.Name, update.Text ?? $"Now {update.Status}", HistoryEntry.Note);
        }
    }

    private Ticket? Imported(WriteScope scope, string remote) =>
        options.ImportedAs.Length > 0 && ReferenceStore.Find(scope.Connection, scope.Transaction, options.ImportedAs, remote) is { } number ? TicketStore.Find(scope, number) : null;

    private void New(WriteScope scope, CityRow row, CityEcho echo)
    {
        if (!row.IsOpen || row.ServiceCode is not { } theirs || !services.TryGetValue(theirs, out var ours) || catalogue.Find(ours) is null)
        {
            CityLinkStore.Release(scope, row.Id!);
            return;
        }

        if (row.At is not { } at)
        {
            CityLinkStore.Hold(scope, row, "it has no place that can be used");
            return;
        }

        if (!echo.KeepsMarkers && CityStore.Unsettled(scope.Connection, scope.Transaction).Find(p => LookUp.MayBe(p, row, options)) is { } push)
        {
            CityLinkStore.Hold(scope, row, $"it may be our {push.Request}, of which it is not known yet whether it is there");
            return;
        }

        var ticket = report.Do(scope, new NewRequest
        {
            Service = ours, At = at, Source = "resident", Who = options.Name, Why = $"Taken over from {options.Name}, where it is {row.Id}",
            Description = Cut(row.Description), ReportedAddress = row.Address,
        });
        CityLinkStore.Save(scope, new CityLink
        {
            Request = ticket.Number, Remote = row.Id, Origin = "pull", Told = ticket.Stage, RemoteStatus = Ticket.Open, RemoteNotes = row.StatusNotes,
            RemoteUpdatedAt = row.UpdatedAt, AppliedAt = ticket.UpdatedAt,
        });
        CityLinkStore.Release(scope, row.Id!);
    }

    private void Merge(WriteScope scope, CityLink link, CityRow row)
    {
        if (TicketStore.Find(scope, link.Request) is not { } ticket) return;
        // A list that lags shows what was before what we know already.
        if (row.UpdatedAt < link.RemoteUpdatedAt) return;
        var hasBegun = TicketStore.Orders(scope.Connection, scope.Transaction, ticket.Number).Exists(o => o.HasBegun && !o.IsComplete);
        var decision = MergeRule.Decide(link, row, ticket, hasBegun, scope.Now);
        var problem = decision.Act switch
        {
            MergeAct.Close => decide.Resolve(scope, ticket.Number, options.Name, decision.What, Resolution(ticket.Service)),
            MergeAct.Reopen => decide.Reopen(scope, ticket.Number, options.Name, decision.What),
            _ => null,
        };
        if (decision.What is not null && (decision.Act == MergeAct.Nothing || problem is not null))
            TicketStore.AddHistory(scope, ticket, options.Name, problem is null ? decision.What : $"{decision.What}; {problem.Detail}");
        var after = TicketStore.Find(scope, ticket.Number)!;
        CityLinkStore.Save(scope, link with
        {
            RemoteStatus = row.IsOpen ? Ticket.Open : Ticket.Closed, RemoteNotes = row.StatusNotes ?? link.RemoteNotes, RemoteUpdatedAt = row.UpdatedAt ?? link.RemoteUpdatedAt,
            AppliedAt = decision.Act == MergeAct.Nothing ? link.AppliedAt : after.UpdatedAt, Told = decision.Act == MergeAct.Nothing ? link.Told : after.Stage,
        });
        if ((decision.TellStage || problem is not null) && options.Quirks.Updates && options.Quirks.Statuses.ContainsKey(after.Stage))
        {
            outbox.Update(scope, ticket.Number, new PushBody
            {
                Service = ticket.Service, Lat = ticket.At.Latitude, Lon = ticket.At.Longitude, Stage = after.Stage, At = scope.Now,
                Description = catalogue.StageWording(after.Stage) ?? $"{ticket.Title}: {after.Stage}",
            });
        }
    }

    private string Resolution(string service)
    {
        var known = catalogue.Find(service)?.Resolutions ?? [];
        return known.Contains(options.ClosedAs) ? options.ClosedAs : known.FirstOrDefault(r => catalogue.Resolution(r)?.Closes ?? false) ?? options.ClosedAs;
    }

    private static string? Cut(string? text) => text is { Length: > 4_000 } ? text[..4_000] : text;

    private static long Cell(string remote) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes("city:" + remote)));
}
