using System.Globalization;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;
using Xunit.Abstractions;

namespace ThreeOneOne.Field.Hub.Tests.Tickets;

/// <summary>
/// The duplicate rule on a year of real reports, as they came in: Boston's of 2015, which may not be shipped. The data has
/// four decimals of a degree, no pole numbers and no descriptions, so what is left to the rule is place and address.
/// </summary>
public sealed class BostonReportsTests(ITestOutputHelper output)
{
    private const double CellsPerDegree = 500;

    private static readonly TicketsOptions Options = new();
    private static readonly ServiceCatalogue Catalogue = CatalogueFile.Read(new CatalogueOptions().File, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));

    [BostonTheory]
    [Trait("Data", "Real")]
    [InlineData("street_light_outages_2015.csv", "street-light-out")]
    [InlineData("general_lighting_2015.csv", "street-light-out")]
    [InlineData("pothole_repair_internal_2015.csv", "pothole")]
    public void The_place_where_the_geocoder_gave_up_swallows_nobody(string file, string service)
    {
        var rule = Catalogue.Find(service)!;
        var open = new Dictionary<(int, int), List<Report>>();
        var atPoint = new Dictionary<GeoPoint, int>();
        int linked = 0, suggested = 0, doubtful = 0, linkedAtDoubtful = 0, known = 0, knownFound = 0;
        foreach (var report in Read(file, service).OrderBy(r => r.Ticket.OpenedAt).ThenBy(r => r.Ticket.Number, StringComparer.Ordinal))
        {
            var at = report.Ticket.At;
            atPoint[at] = atPoint.GetValueOrDefault(at) + 1;
            var ticket = report.Ticket with { PlaceDoubtful = atPoint[at] >= Options.DefaultPointReports };
            var verdicts = Around(open, at).Where(o => o.ClosedAt is null || o.ClosedAt > ticket.OpenedAt)
                .Select(o => DuplicateRule.Compare(ticket, o.Ticket with { PlaceDoubtful = atPoint[o.Ticket.At] >= Options.DefaultPointReports }, rule, Options)).ToList();
            var same = verdicts.Exists(v => v.Sameness == Sameness.Same);
            var maybe = verdicts.Exists(v => v.Sameness != Sameness.None);
            linked += same ? 1 : 0;
            suggested += maybe ? 1 : 0;
            doubtful += ticket.PlaceDoubtful ? 1 : 0;
            linkedAtDoubtful += ticket.PlaceDoubtful && verdicts.Exists(v => v is { Sameness: Sameness.Same, ByPlace: true }) ? 1 : 0;
            known += report.IsDuplicate ? 1 : 0;
            knownFound += report.IsDuplicate && maybe ? 1 : 0;
            if (!open.TryGetValue(Cell(at), out var list)) open.Add(Cell(at), list = []);
            list.Add(report);
        }

        output.WriteLine($"{file}: {atPoint.Values.Sum()} reports, {doubtful} at doubtful places ({atPoint.Count(p => p.Value >= Options.DefaultPointReports)} of {atPoint.Count} places); "
            + $"linked by rule {linked}, suggested to a person {suggested}; of {known} that the city closed as duplicates {knownFound} suggested or linked");
        Assert.Equal(0, linkedAtDoubtful);
        if (file.StartsWith("street_light", StringComparison.Ordinal))
        {
            Assert.True(doubtful >= 1_039 - Options.DefaultPointReports + 1);
            Assert.True(knownFound > known * 0.6, $"{knownFound} of {known}");
        }
    }

    private static IEnumerable<Report> Around(Dictionary<(int, int), List<Report>> open, GeoPoint at)
    {
        var (y, x) = Cell(at);
        for (var dy = -1; dy <= 1; dy++)
        {
            for (var dx = -1; dx <= 1; dx++)
            {
                if (!open.TryGetValue((y + dy, x + dx), out var list)) continue;
                foreach (var report in list) yield return report;
            }
        }
    }

    private static (int, int) Cell(GeoPoint at) => ((int)Math.Floor(at.Latitude * CellsPerDegree), (int)Math.Floor(at.Longitude * CellsPerDegree));

    private static IEnumerable<Report> Read(string file, string service)
    {
        var lines = File.ReadAllLines(Path.Combine(BostonTheoryAttribute.Folder, file));
        var names = lines[0].Split(',');
        foreach (var row in lines.Skip(1).Select(Fields))
        {
            string Of(string name) => row[Array.IndexOf(names, name)];
            yield return new Report(
                new Ticket
                {
                    Number = Of("CASE_ENQUIRY_ID"), Jurisdiction = "boston-ma", Service = service, Title = service, Priority = 3, Source = "resident", Department = "d",
                    At = new GeoPoint(double.Parse(Of("LATITUDE"), CultureInfo.InvariantCulture), double.Parse(Of("LONGITUDE"), CultureInfo.InvariantCulture)),
                    OpenedAt = Time(Of("OPEN_DT"))!.Value, UpdatedAt = default, ReportedAddress = Of("Location"),
                },
                Time(Of("CLOSED_DT")), Of("CLOSURE_KIND").StartsWith("Duplicate", StringComparison.Ordinal));
        }
    }

    // Local times without a zone: good enough to know what was open when.
    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParseExact(text, "MM/dd/yyyy hh:mm:ss tt", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static string[] Fields(string line)
    {
        var fields = new List<string> { "" };
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted) fields.Add("");
            else fields[^1] += c;
        }

        return [.. fields];
    }

    private sealed record Report(Ticket Ticket, DateTimeOffset? ClosedAt, bool IsDuplicate);
}
