using ThreeOneOne.Field.Bench.Ingest;
using ThreeOneOne.Field.Bench.Live;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Bench.Screens;

/// <summary>A city with much to do, in the hub's own stores before it starts.</summary>
internal static class ScreenCity
{
    private const int Slice = 5_000;
    private static readonly GeoPoint SouthWest = new(42.3605, -71.14);
    private static readonly (double EastM, double NorthM) Area = (5_200, 2_800);
    private static readonly (string Code, string Title)[] Services =
    [
        ("street-light-out", "Street light out"), ("pothole", "Pothole"), ("graffiti", "Graffiti"), ("sidewalk-defect", "Sidewalk defect"),
    ];
    private static readonly string[] Streets = ["Massachusetts Ave", "Cambridge St", "Broadway", "Hampshire St", "Prospect St", "Magazine St", "Brattle St", "Concord Ave", "Walden St", "Sherman St"];

    public static object Map(string root) => new
    {
        PageFolder = Path.Combine(root, "dashboards/dispatch/dist"),
        TilesFile = Path.Combine(root, "dashboards/basemap/dist/cambridge-ma.pmtiles"),
        GlyphsFolder = Path.Combine(root, "dashboards/basemap/dist/glyphs"),
    };

    public static string Number(int i) => $"SR-26-{i + 1:000000}";

    public static async Task FillAsync(string folder, int vehicles, int requests, Random random, CancellationToken stop)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var catalogue = new ReactionCatalogue([]);
        await using var database = new Database(new StorageOptions { Folder = folder }, catalogue, [], TimeProvider.System);
        var registry = new VehicleStore();
        await database.WriteAsync(scope =>
        {
            for (var i = 1; i <= vehicles; i++) registry.Add(scope, new Vehicle(Movers.Id(i), HubUnderTest.Jurisdiction, Movers.Id(i), VehicleKind.Crewed, now));
        }, WritePriority.Interactive, stop).ConfigureAwait(false);
        for (var first = 0; first < requests; first += Slice)
        {
            var from = first;
            await database.WriteAsync(scope =>
            {
                for (var i = from; i < Math.Min(from + Slice, requests); i++) TicketStore.Save(scope, Request(i, now, random));
            }, WritePriority.Interactive, stop).ConfigureAwait(false);
        }
    }

    private static Ticket Request(int i, DateTimeOffset now, Random random)
    {
        var (service, title) = Services[random.Next(Services.Length)];
        var opened = now.AddMinutes(-random.NextDouble() * 30 * 24 * 60);
        return new Ticket
        {
            Number = Number(i), Jurisdiction = HubUnderTest.Jurisdiction, Service = service, Title = title, Stage = TicketStage.Received,
            Address = $"{1 + random.Next(900)} {Streets[random.Next(Streets.Length)]}", Priority = 1 + random.Next(4), Source = i % 3 == 0 ? "sensor" : "person",
            At = SouthWest.MovedByM(random.NextDouble() * Area.EastM, random.NextDouble() * Area.NorthM).Rounded(),
            OpenedAt = opened, UpdatedAt = opened, TargetAt = opened.AddDays(1 + random.Next(28)), Accepted = true, PublicAt = opened,
            EvidenceFor = i % 3 == 0 ? 2 : 0, Department = "street",
        };
    }
}
