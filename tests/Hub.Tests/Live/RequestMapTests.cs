using ThreeOneOne.Field.Hub.Live;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Live;

public sealed class RequestMapTests
{
    private static readonly GeoPoint Centre = new(42.3736, -71.1097);

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Shows_single_requests_or_counts_that_add_up_after_any_changes(int seed)
    {
        var random = new Random(seed);
        var inbox = new LiveInbox();
        var map = new RequestMap(inbox);
        var open = new Dictionary<string, RequestSummary>();
        for (var i = 0; i < 4_000; i++)
        {
            var number = $"SR-26-{random.Next(1_500):000000}";
            var request = Request(number, Place(random), random.Next(3) == 0 ? Ticket.Closed : Ticket.Open);
            inbox.Committed([new RequestChanged(request)]);
            if (request.Status == Ticket.Open) open[number] = request;
            else open.Remove(number);
        }

        for (var i = 0; i < 200; i++)
        {
            var sizeM = Math.Pow(10, 1 + random.NextDouble() * 3);
            var middle = Place(random);
            var (southWest, northEast) = (middle.MovedByM(-sizeM, -sizeM), middle.MovedByM(sizeM, sizeM));
            var inSight = open.Values.Where(r => r.Lat >= southWest.Latitude && r.Lat <= northEast.Latitude && r.Lon >= southWest.Longitude && r.Lon <= northEast.Longitude)
                .Select(r => r.Number).Order(StringComparer.Ordinal).ToList();
            var sight = map.In(southWest, northEast, most: 100);
            Assert.True(sight.Items.Count == 0 || sight.Clusters.Count == 0);
            Assert.InRange(sight.Items.Count + sight.Clusters.Count, 0, 100);
            if (sight.Clusters.Count == 0) Assert.Equal(inSight, sight.Items.Select(d => d.Number));
            // Cells at the edge reach beyond what is in sight.
            else Assert.True(sight.Clusters.Sum(c => c.Count) >= inSight.Count);
        }

        var all = map.In(Centre.MovedByM(-50_000, -50_000), Centre.MovedByM(50_000, 50_000), most: 50);
        Assert.Equal(open.Count, all.Clusters.Sum(c => c.Count));
    }

    [Fact]
    public async Task What_is_stored_is_on_the_map_and_what_was_heard_meanwhile_is_newer()
    {
        await using var hub = TicketsHub.Start();
        var inbox = new LiveInbox();
        var map = new RequestMap(inbox);
        await hub.Database.WriteAsync(scope =>
        {
            foreach (var i in new[] { 1, 2 })
            {
                TicketStore.Save(scope, new Ticket
                {
                    Number = $"SR-26-00000{i}", Jurisdiction = "cambridge-ma", Service = "pothole", Title = "Pothole", At = Centre, Priority = 3, Source = "person",
                    OpenedAt = hub.Time.GetUtcNow(), UpdatedAt = hub.Time.GetUtcNow(),
                });
            }
        }, ThreeOneOne.Field.Hub.Storage.WritePriority.Interactive, default);
        inbox.Committed([new RequestChanged(Request("SR-26-000001", Centre, Ticket.Closed))]);
        await hub.Database.ReadAsync(c =>
        {
            map.Load(c);
            return true;
        }, default);
        var sight = map.In(Centre.MovedByM(-10, -10), Centre.MovedByM(10, 10), most: 100);
        Assert.Equal("SR-26-000002", Assert.Single(sight.Items).Number);
    }

    private static GeoPoint Place(Random random) => Centre.MovedByM((random.NextDouble() * 2 - 1) * 3_000, (random.NextDouble() * 2 - 1) * 3_000);

    private static RequestSummary Request(string number, GeoPoint at, string status) => new()
    {
        Number = number, Service = "pothole", Title = "Pothole", Status = status, Stage = "received", Lat = at.Latitude, Lon = at.Longitude, Priority = 3,
        Source = "person", OpenedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
    };
}
