using System.Globalization;
using System.Net;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Tests.Open311;

/// <summary>Lists: the rules of 90 days and 1,000, paging, filters, and who may be seen at all.</summary>
public sealed class GeoListTests
{
    private const string List = "/open311/v2/requests.json";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_list_is_the_last_90_days_and_the_first_1000()
    {
        await using var hub = await Open311Hub.StartAsync();
        await StoreAsync(hub, [
            .. Enumerable.Range(1, 1_100).Select(i => Request(i, Now.AddMinutes(-i))),
            Request(2_001, Now.AddDays(-89)), Request(2_002, Now.AddDays(-91)), Request(2_003, Now.AddDays(-200)),
        ]);
        Assert.Equal(Enumerable.Range(1, 1_000).Select(Number), await NumbersAsync(hub, List));
        // Start only: 90 days from it. End only: the 90 days before it.
        Assert.Equal([Number(2_002)], await NumbersAsync(hub, $"{List}?start_date={Iso(Now.AddDays(-179))}&end_date={Iso(Now.AddDays(-90))}"));
        Assert.Equal([Number(2_001), Number(2_002)], await NumbersAsync(hub, $"{List}?end_date={Iso(Now.AddDays(-80))}"));
        Assert.Equal([Number(2_003)], await NumbersAsync(hub, $"{List}?start_date={Iso(Now.AddDays(-201))}"));
        Assert.Empty(await NumbersAsync(hub, $"{List}?start_date={Iso(Now.AddDays(1))}"));
        using var tooLong = await hub.GetAsync($"{List}?start_date={Iso(Now.AddDays(-100))}&end_date={Iso(Now)}");
        Assert.Contains("90", Assert.Single(await Open311Hub.ErrorsAsync(tooLong, HttpStatusCode.BadRequest, "too long")), StringComparison.Ordinal);
        // Who names a request gets it, however old.
        Assert.Equal([Number(1_050), Number(2_003)], await NumbersAsync(hub, $"{List}?service_request_id={Number(2_003)},{Number(1_050)}&start_date=nonsense"));
    }

    [Fact]
    public async Task Pages_by_number_hold_each_request_once()
    {
        await using var hub = await Open311Hub.StartAsync();
        await StoreAsync(hub, Enumerable.Range(1, 130).Select(i => Request(i, Now.AddSeconds(-(i / 7) * 10))));
        var seen = new List<string>();
        for (var page = 1; ; page++)
        {
            var numbers = await NumbersAsync(hub, $"{List}?page={page}&page_size=40");
            if (numbers.Count == 0) break;
            seen.AddRange(numbers);
        }

        Assert.Equal(130, seen.Count);
        Assert.Equal(130, seen.Distinct().Count());
        Assert.Equal(50, (await NumbersAsync(hub, $"{List}?page=1")).Count);
    }

    [Theory]
    [InlineData("page_size=30")]
    [InlineData("page_size=30&updated_after=2000-01-01")]
    public async Task Who_follows_the_links_misses_and_repeats_nothing_while_others_report(string query)
    {
        await using var hub = await Open311Hub.StartAsync();
        await StoreAsync(hub, Enumerable.Range(1, 200).Select(i => Request(i, Now.AddSeconds(-(i / 9) * 10))));
        var seen = new List<string>();
        string? next = $"{List}?{query}&status=open&q=pot";
        for (var round = 0; next is not null; round++)
        {
            using var response = await hub.Client.GetAsync(new Uri(next, UriKind.RelativeOrAbsolute));
            var page = await Open311Hub.JsonAsync(response, HttpStatusCode.OK, next);
            seen.AddRange(page.EnumerateArray().Select(r => r.GetProperty("service_request_id").GetString()!));
            next = response.Headers.TryGetValues("Link", out var link) ? Link(link.Single()) : null;
            await StoreAsync(hub, [Request(1_000 + round, Now)]);
        }

        Assert.Equal(Enumerable.Range(1, 200).Select(Number).Order(), seen.Order());
    }

    [Fact]
    public async Task Filters_narrow_a_list()
    {
        await using var hub = await Open311Hub.StartAsync();
        await StoreAsync(hub,
        [
            Request(1, Now.AddDays(-1)) with { Service = "street-light-out", Title = "Street light out", Address = "100% Main_St" },
            Request(2, Now.AddDays(-2)) with { Status = Ticket.Closed, ClosedAt = Now.AddHours(-5), UpdatedAt = Now.AddHours(-4), ResolutionCode = "repaired" },
            Request(3, Now.AddDays(-3)) with { Status = Ticket.Withdrawn, Stage = Ticket.Withdrawn, ClosedAt = Now.AddDays(-2), UpdatedAt = Now.AddDays(-2) },
            Request(4, Now.AddDays(-400)) with { UpdatedAt = Now.AddHours(-1) },
        ]);
        async Task IsAsync(string query, params int[] expected) => Assert.Equal(expected.Select(Number), await NumbersAsync(hub, $"{List}?{query}"));
        await IsAsync("", 1, 2, 3);
        await IsAsync("service_code=street-light-out", 1);
        await IsAsync("service_code=street-light-out,pothole&status=OPEN", 1);
        await IsAsync("service_code=nothing");
        await IsAsync("status=closed", 2, 3);
        await IsAsync("status=open,closed", 1, 2, 3);
        await IsAsync("q=MAIN_st", 1);
        await IsAsync("q=100%25", 1);
        await IsAsync("q=%25", 1);
        await IsAsync("q=Main%25St");
        await IsAsync("q=000003", 3);
        await IsAsync($"updated_after={Iso(Now.AddHours(-6))}", 4, 2);
        await IsAsync($"updated_after={Iso(Now.AddHours(-6))}&updated_before={Iso(Now.AddHours(-3))}", 2);
        await IsAsync($"updated_after={Iso(Now.AddHours(-6))}&start_date={Iso(Now.AddDays(-10))}", 2);
        var closed = (await hub.JsonAsync($"{List}?service_request_id={Number(2)},{Number(3)}")).EnumerateArray().ToDictionary(r => r.GetProperty("service_request_id").GetString()!);
        Assert.All(closed.Values, r => Assert.Equal("closed", r.GetProperty("status").GetString()));
        Assert.Equal(Iso(Now.AddHours(-5)), closed[Number(2)].GetProperty("updated_datetime").GetString());
        Assert.NotEqual("", closed[Number(2)].GetProperty("status_notes").GetString());
    }

    [Fact]
    public async Task Only_what_has_become_public_can_be_seen_by_any_way()
    {
        await using var hub = await Open311Hub.StartAsync();
        await StoreAsync(hub, [
            Request(1, Now.AddMinutes(-1)),
            .. ((string[])["review", "held", "rejected", "received"]).Select((stage, i) => Request(i + 2, Now.AddMinutes(-1)) with { Stage = stage, PublicAt = null, Accepted = false }),
        ]);
        Assert.Equal([Number(1)], await NumbersAsync(hub, List));
        Assert.Equal([Number(1)], await NumbersAsync(hub, $"{List}?extensions=true&updated_after=2000-01-01"));
        Assert.Equal([Number(1)], await NumbersAsync(hub, $"{List}?service_request_id={string.Join(',', Enumerable.Range(1, 5).Select(Number))}"));
        Assert.Equal([Number(1)], await NumbersAsync(hub, $"{List}?q=SR-"));
        for (var i = 2; i <= 5; i++)
        {
            foreach (var path in (string[])["requests/", "tokens/"])
            {
                using var response = await hub.GetAsync($"/open311/v2/{path}{Number(i)}.xml");
                Assert.Single(await Open311Hub.ErrorsAsync(response, HttpStatusCode.NotFound, Number(i)));
            }
        }
    }

    [Fact]
    public async Task A_thousand_with_everything_fit_into_one_answer()
    {
        await using var hub = await Open311Hub.StartAsync();
        await StoreAsync(hub, Enumerable.Range(1, 1_000).Select(i => Request(i, Now.AddMinutes(-i)) with { Source = "resident", Description = new string('é', 500) }));
        Assert.Equal(1_000, (await hub.XmlAsync("/open311/v2/requests.xml?extensions=true")).Elements("request").Count());
    }

    internal static string Number(int i) => $"SR-26-{i:000000}";

    internal static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    internal static Ticket Request(int i, DateTimeOffset opened) => new()
    {
        Number = Number(i), Jurisdiction = "cambridge-ma", Service = "pothole", Title = "Pothole", At = Open311Hub.Place, Priority = 3, Source = "sensor",
        OpenedAt = opened, UpdatedAt = opened, Accepted = true, PublicAt = opened, Address = "1 Main St",
    };

    internal static Task StoreAsync(Open311Hub hub, IEnumerable<Ticket> tickets) => hub.Database.WriteAsync(scope =>
    {
        foreach (var ticket in tickets) TicketStore.Save(scope, ticket);
    }, WritePriority.Interactive, default);

    private static async Task<List<string>> NumbersAsync(Open311Hub hub, string path) =>
        [.. (await hub.JsonAsync(path)).EnumerateArray().Select(r => r.GetProperty("service_request_id").GetString()!)];

    private static string Link(string header)
    {
        Assert.EndsWith(">; rel=\"next\"", header, StringComparison.Ordinal);
        return header[1..header.IndexOf('>', StringComparison.Ordinal)];
    }
}
