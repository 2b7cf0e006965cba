using System.Diagnostics;
using System.Globalization;
using ThreeOneOne.Field.Bench.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Bench.Tickets;

/// <summary>What a dispatcher waits for on a page of requests and on the map, asked of the real hub over HTTP, one question at a time.</summary>
internal static class ListRun
{
    private const int Slice = 5_000;
    private const int Pages = 200;
    private const int Looks = 300;
    private const double SpacingM = 30;
    private static readonly GeoPoint Origin = new(42.36, -71.1);
    private static readonly string[] Services = ["street-light-out", "pothole", "graffiti", "sidewalk-defect"];
    private static readonly string[] Filters = ["status=open", "status=open&service=pothole", "status=closed", "", "status=open&stage=received"];

    // Names of streets as a city has them: some 700, some of them beginnings of others.
    private static readonly string[] Streets = [.. new[] { "Ash", "Auburn", "Brattle", "Cedar", "Elm", "Harvard", "Maple", "Massa", "Oak", "Saint ", "Walden", "Wind" }
        .SelectMany(a => new[] { "chusetts", "dale", "ington", " Hill", "mere", "wood", "ford", "ley", "Paul", "son", "view", "" }.Select(b => a + b))
        .SelectMany(name => new[] { "Street", "Ave", "Rd", "Terrace", "Mount" }.Select(kind => kind == "Mount" ? $"Mount {name} St" : $"{name} {kind}"))];

    public static async Task<ListFigures> MeasureAsync(BenchContext context, int requests, int seed, CancellationToken stop)
    {
        var random = new Random(seed);
        var scratch = Path.Combine(context.Scratch, $"tickets-{requests}");
        Directory.CreateDirectory(scratch);
        await FillAsync(Path.Combine(scratch, "hub"), requests, random, stop).ConfigureAwait(false);
        await using var broker = await BenchBroker.StartAsync(durable: false).ConfigureAwait(false);
        var began = Stopwatch.GetTimestamp();
        await using var hub = await HubUnderTest.StartAsync(context with { Scratch = scratch }, broker, stop).ConfigureAwait(false);
        var start = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var across = Math.Sqrt(requests) * SpacingM;
        // Once for nothing: the first questions are the compiler's.
        await ListsAsync(hub, random, Pages / 4, stop).ConfigureAwait(false);
        await MapsAsync(hub, random, across, Looks / 4, stop).ConfigureAwait(false);
        var lists = await ListsAsync(hub, random, Pages, stop).ConfigureAwait(false);
        var maps = await MapsAsync(hub, random, across, Looks, stop).ConfigureAwait(false);
        await SearchesAsync(hub, random, Looks / 4, stop).ConfigureAwait(false);
        var searches = await SearchesAsync(hub, random, Looks, stop).ConfigureAwait(false);
        return new ListFigures(P99(lists), P99(searches), P99(maps), start);
    }

    /// <summary>Leafs through each list, a page behind the other.</summary>
    private static async Task<List<double>> ListsAsync(HubUnderTest hub, Random random, int pages, CancellationToken stop)
    {
        var waits = new List<double>();
        var cursors = new Dictionary<string, string?>();
        for (var i = 0; i < pages; i++)
        {
            var filter = Filters[random.Next(Filters.Length)];
            var cursor = cursors.GetValueOrDefault(filter);
            var began = Stopwatch.GetTimestamp();
            var page = await hub.GetAsync($"/api/requests?limit=100&{filter}" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)), stop).ConfigureAwait(false);
            waits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            cursors[filter] = page.GetProperty("next").GetString();
        }

        return waits;
    }

    /// <summary>Asks for addresses as people type them: whole, begun, in other ways to write them, common words alone, and what is not there.</summary>
    private static async Task<List<double>> SearchesAsync(HubUnderTest hub, Random random, int searches, CancellationToken stop)
    {
        var waits = new List<double>();
        for (var i = 0; i < searches; i++)
        {
            var (street, house) = (Streets[random.Next(Streets.Length)], random.Next(900));
            var text = (i % 10) switch
            {
                0 => $"{house} {street}",
                1 => $"{house} {street[..Math.Min(street.Length, 4)]}",
                2 => street.Replace("Street", "St", StringComparison.Ordinal).Replace("Mount", "mt", StringComparison.Ordinal),
                3 => street[..1],
                4 => "street",
                5 => $"pothole {street}",
                6 => $"SR-26-{random.Next(1_000):0000}",
                7 => $"{house}",
                8 => $"{house} nowhere street",
                _ => $"{street[..3]} st&{Filters[random.Next(Filters.Length)]}",
            };
            var query = text.Split('&', 2);
            var began = Stopwatch.GetTimestamp();
            await hub.GetAsync($"/api/requests?limit=100&q={Uri.EscapeDataString(query[0])}" + (query.Length > 1 ? "&" + query[1] : ""), stop).ConfigureAwait(false);
            waits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return waits;
    }

    /// <summary>Looks at the whole city, at a district and at a street.</summary>
    private static async Task<List<double>> MapsAsync(HubUnderTest hub, Random random, double acrossM, int looks, CancellationToken stop)
    {
        var waits = new List<double>();
        for (var i = 0; i < looks; i++)
        {
            var sizeM = (i % 3) switch { 0 => acrossM, 1 => 2_000.0, _ => 300.0 };
            var low = i % 3 == 0 ? Origin : Origin.MovedByM(random.NextDouble() * acrossM, random.NextDouble() * acrossM);
            var high = low.MovedByM(sizeM, sizeM);
            var box = string.Create(CultureInfo.InvariantCulture, $"{low.Longitude:F6},{low.Latitude:F6},{high.Longitude:F6},{high.Latitude:F6}");
            var began = Stopwatch.GetTimestamp();
            await hub.GetAsync($"/api/requests/map?bbox={box}", stop).ConfigureAwait(false);
            waits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return waits;
    }

    /// <summary>As many open requests, and a tenth as many closed ones, as the hub itself stores them.</summary>
    private static async Task FillAsync(string folder, int requests, Random random, CancellationToken stop)
    {
        var now = TimeProvider.System.GetUtcNow();
        var across = (int)Math.Ceiling(Math.Sqrt(requests));
        using var catalogue = new ReactionCatalogue([]);
        await using var database = new Database(new StorageOptions { Folder = folder }, catalogue, [], TimeProvider.System);
        for (var first = 0; first < requests * 11 / 10; first += Slice)
        {
            var from = first;
            await database.WriteAsync(scope =>
            {
                for (var i = from; i < Math.Min(from + Slice, requests * 11 / 10); i++)
                {
                    var service = Services[random.Next(Services.Length)];
                    var open = i < requests;
                    var opened = now.AddMinutes(-random.NextDouble() * 365 * 24 * 60);
                    TicketStore.Save(scope, new Ticket
                    {
                        Number = $"SR-26-{i:0000000}", Jurisdiction = HubUnderTest.Jurisdiction, Service = service, Title = service,
                        Status = open ? Ticket.Open : Ticket.Closed, Stage = open ? TicketStage.Received : TicketStage.FieldComplete,
                        Address = $"{random.Next(900)} {Streets[random.Next(Streets.Length)]}", At = Origin.MovedByM((i % across + random.NextDouble() * 0.8) * SpacingM, (i / across + random.NextDouble() * 0.8) * SpacingM),
                        Priority = 1 + random.Next(4), Source = "person", OpenedAt = opened, UpdatedAt = opened, TargetAt = opened.AddDays(5),
                        Accepted = true, PublicAt = opened, ClosedAt = open ? null : opened.AddDays(2),
                    });
                }
            }, WritePriority.Interactive, stop).ConfigureAwait(false);
        }
    }

    private static double P99(List<double> waits) => waits.Order().ElementAt((int)Math.Min(waits.Count - 1, waits.Count * 0.99));
}
