using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>
/// <c>POST servicerequestupdates</c>: somebody outside says something about a request. It becomes a note that people of the
/// city read; what follows from it is theirs to decide, also when it says FIXED or REOPEN. Sent again it changes nothing.
/// </summary>
internal sealed class TakeUpdate(Database database, ServiceCatalogue catalogue, KeepFile files, HubOptions hub)
{
    private const int LongestId = 100;
    private const string UnknownRequest = "no request has this service_request_id: send one that POST requests or GET requests answered";
    private const string Repeated = "this update_id was sent before with other content: send what is new with an update_id of its own";

    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);

    public async Task<GeoAnswer> HandleAsync(GeoCall call, CancellationToken cancel)
    {
        var fields = call.Fields;
        var faults = new List<string>();
        foreach (var name in (string[])["service_request_id", "update_id", "status", "updated_datetime", "description"])
            if (fields[name] is null) faults.Add($"{name} is missing: send it with the update");
        var reporter = Reporter.Read(fields, faults);
        var at = fields["updated_datetime"] is { } date ? GeoDate.TryRead(date, zone, end: false) : null;
        if (at is null && fields["updated_datetime"] is not null) faults.Add("updated_datetime is no date: send one like 2026-11-21T10:00:00Z");
        if (fields["status"] is { } status && !UpdateView.Statuses.Contains(status)) faults.Add($"status is unknown: send one of {string.Join(", ", UpdateView.Statuses)}");
        if (fields["update_id"]?.Length > LongestId) faults.Add($"update_id is too long: send at most {LongestId} characters");
        var text = CleanText.Of(fields["description"] ?? "");
        if (text.Length > Report.LongestDescription) faults.Add($"description is too long: send at most {Report.LongestDescription} characters");
        if (faults.Count > 0) return GeoAnswer.Bad(faults);

        var update = new Sent(fields["service_request_id"]!, fields["update_id"]!, fields["status"]!.ToUpperInvariant(), at!.Value.At, text, Report.ReadLinks(fields));
        var photos = call.Files.Select(f => files.Write(f.Type, f.Bytes)).ToList();
        return await database.WriteAsync(scope => Take(scope, call, update, reporter, photos), WritePriority.Interactive, cancel).ConfigureAwait(false);
    }

    private GeoAnswer Take(WriteScope scope, GeoCall call, Sent update, Reporter reporter, IReadOnlyList<AttachmentUse> photos)
    {
        if (TicketStore.Find(scope, update.Request) is not { } ticket || ReadServices.Find(catalogue, ticket.Service) is null) return GeoAnswer.Missing(UnknownRequest);
        var hash = update.Hash(photos);
        if (Open311Store.Update(scope, call.Key.Id, ticket.Number, update.UpdateId) is { } before)
            return before.Hash == hash ? Taken(before.OwnId) : GeoAnswer.Bad(Repeated);
        var id = AddNote.Do(scope, ticket.Number, call.Key.Name, $"{update.Status}: {update.Text}", isPublic: false);
        Open311Store.SaveUpdate(scope, call.Key.Id, ticket.Number, update.UpdateId, id, hash);
        Open311Store.SaveReporter(scope, id, reporter);
        Open311Store.SaveLinks(scope, id, update.Links);
        foreach (var photo in photos) files.Name(scope, ticket.Number, photo);
        return Taken(id);
    }

    private static GeoAnswer Taken(string id) =>
        GeoAnswer.List("service_request_updates", "request_update", [new GeoNode.Group { { "update_id", id } }]);

    private sealed record Sent(string Request, string UpdateId, string Status, DateTimeOffset At, string Text, IReadOnlyList<string> Links)
    {
        public string Hash(IEnumerable<AttachmentUse> photos) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            JsonSerializer.Serialize(new object[] { Status, At.ToUnixTimeSeconds(), Text, Links, photos.Select(p => p.Sha256) }))));
    }
}
