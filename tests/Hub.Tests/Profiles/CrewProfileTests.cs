using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Profiles;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Profiles;

public sealed class CrewProfileTests
{
    private static readonly Uri PinOfM7 = new("/api/members/m-7/pin", UriKind.Relative);

    [Fact]
    public async Task A_vehicle_gets_crews_with_hashed_pins_services_and_rates_until_it_says_that_it_holds_them()
    {
        await using var hub = await StartAsync();
        await hub.RegisterAsync("bus-1", VehicleKind.SensorOnly);
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = true }));
        await Support.Eventually.TrueAsync(() => Sent(hub).Count >= 2, "it is sent again without an answer");
        var (topic, first) = Sent(hub)[0];
        Assert.Contains(Sample.Vehicle, topic, StringComparison.Ordinal);
        var profile = Read(first);
        Assert.Equal("Paving Alpha", Assert.Single(profile.Crews!).Name);
        Assert.Contains(profile.Services!, s => s.Code == "pothole");
        Assert.Equal(["pothole"], profile.Rates!.Single(r => r.Code == "cold-patch").Services!);
        Assert.DoesNotContain("cents", first.Profile.GetRawText(), StringComparison.OrdinalIgnoreCase);

        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = true, ProfileVersion = first.StateVersion, ProfileEra = first.Era }));
        using var set = await hub.Client.PutAsJsonAsync(PinOfM7, new { pin = "4711" });
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        await Support.Eventually.TrueAsync(() => Sent(hub).Any(s => s.State.StateVersion > first.StateVersion), "the PIN goes down");
        var withPin = Sent(hub).Last(s => s.State.StateVersion > first.StateVersion).State;
        Assert.DoesNotContain("4711", withPin.Profile.GetRawText(), StringComparison.Ordinal);
        Assert.True(Read(withPin).Crews![0].Members!.Single(m => m.Id == "m-7").Pin!.Matches("4711"));
        Assert.Null(Read(withPin).Crews![0].Members!.Single(m => m.Id == "m-12").Pin);
        Assert.DoesNotContain(Sent(hub), s => s.Topic.Contains("bus-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Equal_content_keeps_its_version_and_what_a_vehicle_holds_is_not_sent()
    {
        await using var hub = await StartAsync();
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = true }));
        await Support.Eventually.TrueAsync(() => Sent(hub).Count >= 1, "it is sent");
        var held = Sent(hub)[0].State;
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = true, ProfileVersion = held.StateVersion, ProfileEra = held.Era }));
        await hub.DrainedAsync();
        // Of another hub: the version says nothing.
        hub.Broker.ToLive(Sample.StatusTopic, Sample.Encode(new VehicleStatus { Online = true, ProfileVersion = held.StateVersion, ProfileEra = "another" }));
        var before = Sent(hub).Count;
        await Support.Eventually.TrueAsync(() => Sent(hub).Count > before, "it is sent anew");
        Assert.All(Sent(hub), s => Assert.Equal(held.StateVersion, s.State.StateVersion));
    }

    [Fact]
    public async Task A_pin_is_digits_of_a_known_member_audited_and_never_said_again()
    {
        await using var hub = await StartAsync();
        using var letters = await hub.Client.PutAsJsonAsync(PinOfM7, new { pin = "abcd" });
        Assert.Equal(HttpStatusCode.BadRequest, letters.StatusCode);
        using var nobody = await hub.Client.PutAsJsonAsync("/api/members/nobody/pin", new { pin = "4711" });
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
        using var set = await hub.Client.PutAsJsonAsync(PinOfM7, new { pin = "471108" });
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        var audited = await hub.Database.ReadAsync(c => Audit.Read(c, long.MaxValue, 10), default);
        Assert.Contains(audited, a => a is { Action: "pin.set", Subject: "m-7" });
        Assert.DoesNotContain(audited, a => a.Detail.Contains("471108", StringComparison.Ordinal));
        using var gone = await hub.Client.DeleteAsync(PinOfM7);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        using var again = await hub.Client.DeleteAsync(PinOfM7);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    private static async Task<TestHub> StartAsync()
    {
        var hub = await TestHub.StartAsync(change: services =>
        {
            services.AddClockRepairs(new IngestOptions());
            services.AddCrews();
            services.AddCatalogue(new CatalogueOptions());
            services.AddSingleton(_ => RateTable.Load(new WorkOrdersOptions().RatesFile));
            services.AddProfiles(new ProfilesOptions { ResendSeconds = 1, PinRounds = 1_000 });
        }, map: app =>
        {
            app.MapCrews();
            app.MapProfiles();
        });
        await hub.RegisterAsync();
        using var crew = await hub.Client.PostAsJsonAsync("/api/crews", new { id = "paving-alpha", name = "Paving Alpha", members = new[] { "m-7", "m-12" } });
        Assert.Equal(HttpStatusCode.Created, crew.StatusCode);
        return hub;
    }

    private static VehicleProfile Read(ProfileState state) => state.Profile.Deserialize(WireJson.Default.VehicleProfile)!;

    private static List<(string Topic, ProfileState State)> Sent(TestHub hub) =>
        [.. hub.Broker.Published.Where(m => Topic.TryParse(m.Topic)?.Lane == Lane.Profile).Select(m => (m.Topic, WireCodec.Decode(m.Payload, WireJson.Default.ProfileState)))];
}
