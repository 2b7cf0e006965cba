using System.Net;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Open311;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Tests.Open311;

/// <summary>Files for an open-data portal: what Open311 shows, as a table and as a map.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task Both_files_hold_every_public_request_with_the_values_of_Open311()
    {
        await using var hub = await Open311Hub.StartAsync();
        using var staff = await hub.Real.WithKeyAsync("read-only");
        // More than one page, and some that are not public.
        await hub.Database.WriteAsync(scope =>
        {
            for (var i = 0; i < 1_203; i++)
                TicketStore.Save(scope, GeoListTests.Request(900_000 + i, scope.Now.AddMinutes(-i)) with { PublicAt = i % 400 == 7 ? null : scope.Now });
        }, WritePriority.Interactive, default);
        var reported = await hub.ReportAsync("description=A%20%22deep%22%20hole%2C%0Aand%20wide", at: new(42.37, -71.11));

        using var csv = await staff.FetchAsync("/api/requests/export.csv");
        Assert.Equal("text/csv; charset=utf-8", csv.Content.Headers.ContentType?.ToString());
        var rows = Csv(await csv.Content.ReadAsStringAsync());
        Assert.Equal(PublicColumns.Names, rows[0]);
        Assert.Equal(1_200 + 2, rows.Count);
        Assert.Equal(1_201, rows.Skip(1).Select(r => r[0]).Distinct().Count());
        Assert.All(rows, r => Assert.Equal(rows[0].Count, r.Count));
        var row = rows.Single(r => r[0] == reported);
        Assert.Equal("A \"deep\" hole,\nand wide", row[PublicColumns.Names.ToList().IndexOf("description")]);
        var shown = (await hub.JsonAsync($"/open311/v2/requests/{reported}.json"))[0];
        foreach (var member in shown.EnumerateObject()) Assert.Equal(member.Value.ToString(), row[PublicColumns.Names.ToList().IndexOf(member.Name)]);

        using var geo = await staff.FetchAsync("/api/requests/export.geojson");
        Assert.Equal("application/geo+json", geo.Content.Headers.ContentType?.ToString());
        var map = JsonDocument.Parse(await geo.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("FeatureCollection", map.GetProperty("type").GetString());
        var features = map.GetProperty("features").EnumerateArray().ToList();
        Assert.Equal(rows.Skip(1).Select(r => r[0]), features.Select(f => f.GetProperty("properties").GetProperty("service_request_id").GetString()));
        var feature = features.Single(f => f.GetProperty("properties").GetProperty("service_request_id").GetString() == reported);
        Assert.Equal([-71.11, 42.37], feature.GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(c => c.GetDouble()));
        Assert.False(feature.GetProperty("properties").TryGetProperty("lat", out _));
    }

    [Fact]
    public async Task Columns_are_those_of_the_public_view_and_no_others()
    {
        await using var hub = await Open311Hub.StartAsync();
        var view = (RequestView)hub.Real.Services.GetService(typeof(RequestView))!;
        var full = GeoListTests.Request(1, DateTimeOffset.UnixEpoch) with
        {
            Source = "resident", Description = "x", Address = "1 Main Street", TargetAt = DateTimeOffset.UnixEpoch, Department = "public-works", Parent = "SR-26-000002", Status = Ticket.Closed,
            Stage = "closed", ResolutionCode = "repaired", ClosedAt = DateTimeOffset.UnixEpoch, EvidenceFor = 2,
        };
        var columns = PublicColumns.Of(view.Of(full, "https://x/y.jpg", [], new EvidenceDays(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch), null)).Keys;
        Assert.Empty(columns.Except(PublicColumns.Names));
        Assert.Empty(PublicColumns.Names.Except(columns).Except(["agency_responsible"]));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"https://x\")", "\"'=HYPERLINK(\"\"https://x\"\")\"")]
    [InlineData("+1+1", "\"'+1+1\"")]
    [InlineData("-2", "\"'-2\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("  =1", "\"'  =1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("a = b", "a = b")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("12 Main Street", "12 Main Street")]
    public void A_text_is_never_a_formula(string text, string cell) => Assert.Equal(cell, PublicColumns.Cell(new GeoNode.Text(text)));

    [Fact]
    public void A_number_stays_a_number() => Assert.Equal("-71.1037", PublicColumns.Cell(new GeoNode.Number(-71.1037)));

    [Fact]
    public async Task Dates_services_and_status_are_chosen_and_mistakes_named()
    {
        await using var hub = await Open311Hub.StartAsync();
        using var staff = await hub.Real.WithKeyAsync("read-only");
        var day = new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
        await hub.Database.WriteAsync(scope =>
        {
            for (var i = 0; i < 4; i++) TicketStore.Save(scope, GeoListTests.Request(i, day.AddDays(i)) with { PublicAt = day, Service = i == 1 ? "street-light-out" : "pothole", Status = i == 2 ? Ticket.Closed : Ticket.Open });
        }, WritePriority.Interactive, default);
        Assert.Equal(4, await CountAsync(""));
        Assert.Equal(2, await CountAsync("?from=2026-03-11&to=2026-03-12"));
        Assert.Equal(1, await CountAsync("?service=street-light-out"));
        Assert.Equal(4, await CountAsync("?service=street-light-out,pothole"));
        Assert.Equal(1, await CountAsync("?status=closed"));
        Assert.Equal(3, await CountAsync("?status=open"));
        foreach (var wrong in (string[])["?from=yesterday", "?to=2026-13-01", "?service=nothing", "?status=odd"])
            Assert.Equal(HttpStatusCode.BadRequest, (await staff.FetchAsync("/api/requests/export.csv" + wrong)).StatusCode);

        async Task<int> CountAsync(string query) => Csv(await (await staff.FetchAsync("/api/requests/export.csv" + query)).Content.ReadAsStringAsync()).Count - 1;
    }

    /// <summary>RFC 4180, strictly.</summary>
    private static List<List<string>> Csv(string text)
    {
        var rows = new List<List<string>> { new() };
        for (var at = 0; at < text.Length;)
        {
            string cell;
            if (text[at] == '"')
            {
                var end = at + 1;
                while (text[end] != '"' || (end + 1 < text.Length && text[end + 1] == '"')) end += text[end] == '"' ? 2 : 1;
                cell = text[(at + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal);
                at = end + 1;
            }
            else
            {
                var end = text.AsSpan(at).IndexOfAny(',', '\r');
                cell = text.Substring(at, end);
                at += end;
            }

            rows[^1].Add(cell);
            if (text[at] == ',') at++;
            else
            {
                Assert.Equal("\r\n", text.Substring(at, 2));
                at += 2;
                if (at < text.Length) rows.Add([]);
            }
        }

        return rows;
    }
}
