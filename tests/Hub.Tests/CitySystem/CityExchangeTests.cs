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

    [Fact]
    public async Task A_request_of_the_city_becomes_ours_once_and_work()
    {
        Start();
        var id = city.AddResident("PH-1", Place.Latitude, Place.Longitude, "Deep hole");
        city.AddResident("NOISE", Place.Latitude, Place.Longitude, "Loud");
        city.AddResident("PH-1", Place.Latitude, Place.Longitude, "Done long ago", "closed");
        await PullAsync();
        await PullAsync();
        var ours = await hub.OnlyRequestAsync();
        Assert.Equal(("pothole", "resident", "open"), (ours.Service, ours.Source, ours.Status));
        Assert.Contains(await hub.HistoryAsync(ours.Number), h => h == $"Taken over from Cambridge 311, where it is {id}");
        // It is the city's own: it doesn't go back.
        options.Sources = ["sensor", "crew", "person", "resident"];
        await SettleAsync();
        Assert.Empty(await PushesAsync());
        Assert.Equal(3, city.Truth.Count);
        var state = await hub.Database.ReadAsync(c => CityLinkStore.State(c), default);
        Assert.True(state.PulledToMs > 0 && state.Fault is null);
    }

    [Fact]
    public async Task A_request_that_was_imported_from_the_city_is_neither_taken_over_nor_passed_on_again()
    {
        options.ImportedAs = "cambridge-311";
        options.Sources = ["person"];
        Start();
        var id = city.AddResident("PH-1", Place.Latitude, Place.Longitude, "Deep hole");
        var imported = await OpenAsync("person");
        await hub.Database.WriteAsync(scope => ReferenceStore.Add(scope, options.ImportedAs, id, imported.Number), WritePriority.Interactive, default);
        await SettleAsync();
        await PullAsync();
        Assert.Equal(imported.Number, (await hub.OnlyRequestAsync()).Number);
        Assert.Empty(await PushesAsync());
        Assert.Equal(id, (await hub.Database.ReadAsync(c => CityLinkStore.Find(c, null, imported.Number), default))!.Remote);

        hub.Time.Step(TimeSpan.FromHours(1));
        city.Change(id, "closed");
        await PullAsync();
        Assert.Equal("closed", (await hub.OnlyRequestAsync()).Status);
    }

    [Fact]
    public async Task A_request_of_the_city_that_may_be_ours_is_not_opened_twice_here()
    {
        temper = temper with { StripsMarkers = true, CutAfter = 1 };
        options.VisibilityDelay = TimeSpan.FromMinutes(5);
        Start();
        await OpenAsync("sensor");
        await hub.ReactAsync();
        await hub.Get<PushWorker>().RunDueAsync(default);
        Assert.Equal(PushState.Looking, Assert.Single(await PushesAsync()).State);
        await PullAsync();
        await hub.OnlyRequestAsync();
        Assert.Equal(1, await hub.Database.ReadAsync(CityLinkStore.HeldCount, default));
        hub.Time.Step(TimeSpan.FromMinutes(6));
        await SettleAsync();
        Assert.Equal(PushState.Delivered, Assert.Single(await PushesAsync()).State);
        await PullAsync();
        await hub.OnlyRequestAsync();
        Assert.Equal(0, await hub.Database.ReadAsync(CityLinkStore.HeldCount, default));
    }

    [Fact]
    public async Task A_pull_that_sees_our_marker_settles_a_push_whose_answer_was_lost()
    {
        temper = temper with { CutAfter = 1 };
        Start();
        await OpenAsync("sensor");
        await hub.ReactAsync();
        await hub.Get<PushWorker>().RunDueAsync(default);
        await PullAsync();
        var push = Assert.Single(await PushesAsync());
        Assert.Equal((PushState.Delivered, city.Truth[0].Id), (push.State, push.Remote));
        await hub.OnlyRequestAsync();
    }

    [Fact]
    public async Task What_the_city_closes_is_closed_here_and_what_it_opens_again_later_is_open_here_and_neither_goes_back()
    {
        Start();
        var ticket = await OpenAsync("sensor");
        await SettleAsync();
        var id = city.Truth[0].Id;
        city.Change(id, "closed", "Repaired by the utility");
        await PullAsync();
        await SettleAsync();
        Assert.Equal("closed", (await hub.OnlyRequestAsync()).Status);
        Assert.Contains(await hub.HistoryAsync(ticket.Number), h => h.Contains("Repaired by the utility", StringComparison.Ordinal));
        hub.Time.Step(TimeSpan.FromMinutes(5));
        city.Change(id, "open", "It is back");
        await PullAsync();
        await SettleAsync();
        Assert.Equal("open", (await hub.OnlyRequestAsync()).Status);
        Assert.Empty(city.Updates);
    }

    [Fact]
    public async Task The_city_does_not_call_a_crew_off_and_hears_how_it_stands()
    {
        Start();
        var ticket = await OpenAsync("sensor");
        await SettleAsync();
        await hub.Database.WriteAsync(scope => TicketStore.SaveOrder(
            scope, new LinkedOrder("wo1", ticket.Number, "WO-26-000001", "started", "c1", "Crew 1", "v9", scope.Now)), WritePriority.Interactive, default);
        await ChangeAsync(ticket.Number, TicketMove.Begin);
        await SettleAsync();
        city.Change(city.Truth[0].Id, "closed", "Duplicate");
        await PullAsync();
        await SettleAsync();
        Assert.Equal("open", (await hub.OnlyRequestAsync()).Status);
        Assert.Contains(await hub.HistoryAsync(ticket.Number), h => h.StartsWith("Closed there while a crew is at it", StringComparison.Ordinal));
        Assert.Equal(["IN_PROGRESS", "IN_PROGRESS"], city.Updates.Select(u => u["status"]));
    }

    [Fact]
    public async Task A_pull_that_fails_is_seen_and_loses_nothing()
    {
        temper = temper with { BadRead = 1 };
        Start();
        city.AddResident("PH-1", Place.Latitude, Place.Longitude, "Deep hole");
        await PullAsync();
        var state = await hub.Database.ReadAsync(c => CityLinkStore.State(c), default);
        Assert.NotNull(state.Fault);
        Assert.Null(state.PulledToMs);
        Assert.Empty(await hub.RequestsAsync());
    }

    private async Task PullAsync()
    {
        hub.Time.Step(options.PullEvery);
        Assert.True(await hub.Get<PullWorker>().RunDueAsync(default));
        await hub.ReactAsync();
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
