using ThreeOneOne.Field.Hub.CitySystem;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.CitySystem;

/// <summary>Requests of a real ticket desk and a city at the other end, both ways.</summary>
public sealed class CityExchangeTests : IAsyncLifetime
{
    private static readonly GeoPoint Place = Sample.Origin.MovedByM(60, 60);

    private readonly CitySystemOptions options = new()
    {
        Url = "http://city.example/open311/v2", Name = "Cambridge 311", Services = new() { ["pothole"] = "PH-1", ["street-light-out"] = "SL-2" }, CallsPerMinute = 60_000,
        PullEvery = TimeSpan.FromSeconds(10), Quirks = { Updates = true, UpdatedAfter = true },
    };

    private DomainHub hub = null!;
    private HostileCity city = null!;
    private CityTemper temper = new() { Lag = TimeSpan.Zero };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task A_request_goes_to_the_city_with_its_news_and_says_where_it_is()
    {
        Start();
        var ticket = await OpenAsync("sensor");
        await SettleAsync();
        var row = Assert.Single(city.Truth);
        Assert.Equal(("PH-1", Place.Rounded().Latitude, Place.Rounded().Longitude), (row.Service, row.Lat, row.Lon));
        Assert.StartsWith("Pothole", row.Sent, StringComparison.Ordinal);
        Assert.Contains(await hub.HistoryAsync(ticket.Number), h => h == $"Passed on to Cambridge 311, where it is {row.Id}");

        await ChangeAsync(ticket.Number, TicketMove.Begin);
        await SettleAsync();
        var update = Assert.Single(city.Updates);
        Assert.Equal((row.Id, "IN_PROGRESS"), (update["service_request_id"], update["status"]));
        Assert.StartsWith(ticket.Number + "-", update["update_id"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_opened_by_others_than_configured_or_has_no_code_at_the_city_does_not_go_out()
    {
        Start();
        await OpenAsync("person");
        options.Services = [];
        await OpenAsync("crew");
        await SettleAsync();
        Assert.Empty(city.Truth);
        var push = Assert.Single(await PushesAsync());
        Assert.Equal(PushState.Failed, push.State);
        Assert.Contains("set CitySystem:Services:pothole", push.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_withdrawn_before_it_left_stays_at_home()
    {
        Start();
        var ticket = await OpenAsync("sensor");
        await hub.ReactAsync();
        await hub.Database.WriteAsync(scope => scope.Raise(new RequestWithdrawn(ticket.Number)), WritePriority.Interactive, default);
        await SettleAsync();
        Assert.Empty(city.Truth);
        Assert.Equal(PushState.GivenUp, Assert.Single(await PushesAsync()).State);
    }

    private void Start()
    {
        city = new HostileCity(7, temper, new Later(() => hub.Time.GetUtcNow()));
        hub = TicketsHub.Start(services =>
        {
            services.AddCitySystem(options, () => new HostileHandler(city, () => { }, () => Task.CompletedTask));
        });
    }

    private Task<Ticket> OpenAsync(string source) =>
        hub.Database.WriteAsync(scope =>
        {
            var ticket = hub.Get<OpenTicket>().Open(scope, new NewRequest { Service = "pothole", At = Place, Source = source, Who = "hub", Why = "Opened" });
            scope.Raise(new RequestOpened(ticket.Number));
            return ticket;
        }, WritePriority.Interactive, default);

    private Task ChangeAsync(string number, TicketMove move) =>
        hub.Database.WriteAsync(scope =>
        {
            var before = TicketStore.Find(scope, number)!;
            hub.Get<ChangeTicket>().Save(scope, before, TicketLife.Apply(before, move), "hub", "changed");
        }, WritePriority.Interactive, default);

    private async Task SettleAsync()
    {
        for (var i = 0; i < 4; i++)
        {
            await hub.ReactAsync();
            await hub.Get<PushWorker>().RunDueAsync(default);
            hub.Time.Step(TimeSpan.FromSeconds(30));
        }
    }

    private Task<List<Push>> PushesAsync() => hub.Database.ReadAsync(c => CityStore.Page(c, null, null, 100), default);

    private sealed class Later(Func<DateTimeOffset> now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now();
    }
}
