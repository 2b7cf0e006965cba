using System.Security.Cryptography;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>
/// <c>POST requests</c>: a resident's report. It always gets a request of its own; whether that is a duplicate is the
/// tickets' business. A report that names an address only gets a token, and a person says where it is.
/// </summary>
internal sealed class TakeReport(Database database, ServiceCatalogue catalogue, ReportRequest tickets, KeepFile files, CityEdge edge, HubOptions hub)
{
    private const string Waits = "A person at the city finds the place that you named. Keep the token: it leads to your request.";
    private const string NoLink = "A media_url was no link that can be kept. The report itself was taken.";

    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);

    public async Task<GeoAnswer> HandleAsync(GeoCall call, CancellationToken cancel)
    {
        var (report, fault) = Report.Read(call.Fields, catalogue, zone);
        if (report is null) return fault!;
        if (report.At is { } place && edge.Fault(place) is { } outside) return GeoAnswer.Bad($"lat and long: {outside}");
        // On the disk before anything names them; what nothing comes to name is as if it had not been sent.
        var photos = call.Files.Select(f => files.Write(f.Type, f.Bytes)).ToList();
        var token = report.At is null || report.Service.Type == ServiceType.Batch ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) : null;
        var number = await database.WriteAsync(scope =>
        {
            var opened = report.At is { } at ? Open(scope, tickets, call.Key, report.Service.Code, at, report.Description, report.Address, report.Attributes) : null;
            var subject = opened ?? token!;
            if (token is not null) Open311Store.SaveToken(scope, token, opened, report);
            Open311Store.SaveReporter(scope, subject, report.Reporter);
            Open311Store.SaveLinks(scope, subject, report.Links);
            foreach (var photo in photos) files.Name(scope, subject, photo);
            if (opened is null) Audit.Write(scope, call.Key, "report.take", token!, report.Service.Code);
            return opened;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        var notice = number is null ? Waits : report.DroppedLinks ? NoLink : null;
        return GeoAnswer.List("service_requests", "request",
        [
            new GeoNode.Group
            {
                { "service_request_id", token is null && report.Service.Type != ServiceType.Blackbox ? number : null },
                { "token", token },
                { "service_notice", notice },
            },
        ]);
    }

    public static string Open(
        WriteScope scope, ReportRequest tickets, Actor actor, string service, GeoPoint at, string? description, string? address, IReadOnlyDictionary<string, string> attributes)
    {
        var opened = tickets.Do(scope, new NewRequest
        {
            Service = service, At = at, Source = "resident", Who = actor.Name, Why = "Reported by a resident",
            Description = description, Attributes = attributes, ReportedAddress = address,
        });
        Audit.Write(scope, actor, "request.open", opened.Number, service);
        return opened.Number;
    }
}
