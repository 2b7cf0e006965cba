using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Tests.Tickets;

public sealed class RequestSearchTests
{
    private static readonly DateTimeOffset Opened = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Theory]
    [InlineData("12 Mount Auburn Street", "12 Mt Auburn St", "mt auburn", "MOUNT AUB", "auburn street 12", "12 mt. aub")]
    [InlineData("45A Saint Mary's Road", "st marys rd", "saint mary", "45 mary", "45a")]
    [InlineData("77 Massachusetts Ave", "77 mass ave", "massachusetts avenue", "mass av")]
    [InlineData("Avenida José Martí & Third Street", "jose marti", "josé", "3rd st", "third marti")]
    [InlineData("Nº 9 São João", "sao joao 9")]
    [InlineData("9 Rue d’Été", "dete", "d'ete")]
    [InlineData("4 Jose\u0301 Wałęsa-Straße", "josé", "walesa", "strasse 4")]
    [InlineData("大手町 3", "大手", "3 大手町")]
    public async Task Finds_an_address_however_it_is_written(string address, params string[] asked)
    {
        await using var hub = TicketsHub.Start();
        await SaveAsync(hub, Request(1) with { Address = address }, Request(2) with { Address = "1200 Elsewhere Lane" });
        foreach (var text in asked) Assert.Equal(["SR-26-000001"], await FindAsync(hub, text));
    }

    [Theory]
    [InlineData("12 main", 1)]
    [InlineData("main 12", 1, 2)]
    [InlineData("main 120", 2)]
    [InlineData("ain st")]
    [InlineData("pothole main", 2)]
    [InlineData("nail 12")]
    [InlineData("p7", 1)]
    [InlineData("sr-26-000002", 2)]
    [InlineData("SR 26 0000", 1, 2)]
    [InlineData("sr260000", 1, 2)]
    [InlineData("sr-25", 3)]
    [InlineData("2", 2)]
    [InlineData("000002", 2)]
    [InlineData("!? '")]
    [InlineData("\"main\" OR *:&|()")]
    public async Task Every_word_must_be_there_and_the_last_one_may_be_only_begun(string text, params int[] expected)
    {
        await using var hub = TicketsHub.Start();
        await SaveAsync(
            hub,
            Request(1) with { Address = "12 Main St", Title = "Street light out", Pole = "P7" },
            Request(2) with { Address = "Main St", ReportedAddress = "120 Main Street", Title = "Pothole" },
            Request(3) with { Number = "SR-25-000003", Address = "9 Oak St" });
        Assert.Equal(expected, (await FindAsync(hub, text)).Select(n => int.Parse(n[^6..], System.Globalization.CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public async Task What_changes_is_found_as_it_is_now()
    {
        await using var hub = TicketsHub.Start();
        await SaveAsync(hub, Request(1) with { Address = "12 Main St" });
        await SaveAsync(hub, Request(1) with { Address = "7 Oak Lane", Status = Ticket.Closed });
        Assert.Empty(await FindAsync(hub, "main"));
        Assert.Equal(["SR-26-000001"], await FindAsync(hub, "oak"));
        Assert.Equal(["SR-26-000001"], await FindAsync(hub, "oak", Ticket.Closed));
        Assert.Empty(await FindAsync(hub, "oak", Ticket.Open));
    }

    [Fact]
    public async Task What_is_given_up_is_not_found()
    {
        await using var hub = TicketsHub.Start();
        await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Database.WriteAsync<bool>(
            scope =>
            {
                TicketStore.Save(scope, Request(1) with { Address = "12 Main St" });
                throw new InvalidOperationException();
            }, WritePriority.Interactive, default));
        Assert.Empty(await FindAsync(hub, "main"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Pages_hold_what_a_look_at_every_request_finds(int seed)
    {
        var random = new Random(seed);
        string[] streets = ["Main St", "Maine Avenue", "Mount Auburn St", "Auburn Ct", "St Paul St", "Paulina Rd"];
        string[] services = ["pothole", "street-light-out"];
        await using var hub = TicketsHub.Start();
        var all = Enumerable.Range(1, 300).Select(i => Request(i) with
        {
            Address = $"{random.Next(1, 40)} {streets[random.Next(streets.Length)]}", Status = random.Next(3) == 0 ? Ticket.Closed : Ticket.Open,
            Service = services[random.Next(2)], OpenedAt = Opened.AddSeconds(random.Next(100)),
        }).ToArray();
        await SaveAsync(hub, all);
        foreach (var (text, words) in new (string, string[])[] { ("main", ["main"]), ("st", ["st"]), ("3", ["3"]), ("aub 1", ["aub", "1"]), ("paul s", ["paul", "s"]) })
        {
            foreach (var (status, service) in new (string?, string?)[] { (null, null), (Ticket.Open, null), (Ticket.Closed, services[0]) })
            {
                var expected = all.Where(t => status is null || t.Status == status).Where(t => service is null || t.Service == service)
                    .Where(t => words.All(w => SearchWords.Of(t).Split(' ').Any(x => x.StartsWith(w, StringComparison.Ordinal))
                        || (char.IsAsciiDigit(w[0]) && t.Number.EndsWith(w.PadLeft(6, '0'), StringComparison.Ordinal))))
                    .OrderByDescending(t => t.OpenedAt).ThenByDescending(t => t.Number, StringComparer.Ordinal).Select(t => t.Number);
                Assert.Equal(expected, await FindAsync(hub, text, status, service, 7));
            }
        }
    }

    private static Ticket Request(int n) => new()
    {
        Number = $"SR-26-{n:000000}", Jurisdiction = "cambridge-ma", Service = "pothole", Title = "Pothole", Status = Ticket.Open, Stage = TicketStage.Received,
        At = Sample.Origin, Priority = 2, Source = "person", OpenedAt = Opened.AddMinutes(n), UpdatedAt = Opened.AddMinutes(n), Accepted = true,
    };

    private static Task SaveAsync(DomainHub hub, params Ticket[] tickets) => hub.Database.WriteAsync(
        scope =>
        {
            foreach (var ticket in tickets) TicketStore.Save(scope, ticket);
        }, WritePriority.Interactive, default);

    private static async Task<List<string>> FindAsync(DomainHub hub, string text, string? status = null, string? service = null, int limit = 100)
    {
        var found = new List<string>();
        RequestCursor? after = null;
        while (true)
        {
            var (items, next) = await hub.Database.ReadAsync(c => TicketReading.Page(c, new RequestFilter(status, service, text, limit, after)), default);
            found.AddRange(items.Select(i => i.Number));
            if (next is null) return found;
            after = RequestCursor.TryParse(next);
        }
    }
}
