using System.Text.Json;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Demo;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Light;
using ThreeOneOne.Field.Fleet.Planting;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class FiguresTests
{
    private const string Epoch = "00112233aabbccdd";

    private static string Hash(int seq) => seq.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    private static LedgerComparison Compare(IEnumerable<int> appended, IEnumerable<int> stored)
    {
        var comparison = new LedgerComparison();
        foreach (var seq in appended) comparison.AddAppended($"{Epoch} {seq} track {Hash(seq)}");
        foreach (var seq in stored) comparison.AddStored(Epoch, seq, Hash(seq));
        return comparison;
    }

    [Fact]
    public void Equal_logs_have_nothing_lost_and_nothing_duplicated()
    {
        var comparison = Compare(Enumerable.Range(1, 50), Enumerable.Range(1, 50).Reverse());
        Assert.Equal((0, 0, 0), (comparison.Lost, comparison.Duplicated, comparison.Foreign));
    }

    [Fact]
    public void An_injected_loss_is_seen() => Assert.Equal(2, Compare(Enumerable.Range(1, 50), Enumerable.Range(3, 48)).Lost);

    [Fact]
    public void An_injected_duplicate_is_seen() => Assert.Equal(1, Compare(Enumerable.Range(1, 50), Enumerable.Range(1, 50).Append(7)).Duplicated);

    [Fact]
    public void A_row_with_other_content_is_a_loss()
    {
        var comparison = Compare([1], []);
        comparison.AddStored(Epoch, 1, Hash(2));
        Assert.Equal(1, comparison.Lost);
    }

    [Fact]
    public void A_row_that_nobody_appended_and_a_torn_line_are_told_apart()
    {
        var comparison = Compare([1], [1, 2]);
        comparison.AddAppended($"{Epoch} 3 tra");
        Assert.Equal((0, 1), (comparison.Lost, comparison.Foreign));
    }

    [Fact]
    public void Percentiles_are_the_nearest_rank()
    {
        var percentiles = new Percentiles();
        Assert.Null(percentiles.At(0.5));
        for (var i = 1; i <= 100; i++) percentiles.Add(i);
        Assert.Equal(50, percentiles.At(0.5));
        Assert.Equal(99, percentiles.At(0.99));
    }

    [Fact]
    public void Requests_are_scored_against_what_was_planted()
    {
        var city = Cities.Cambridge.Value;
        var patrols = Districts.Patrols(city, new Router(city.Graph), 4, 2);
        var plants = Plants.Plant(city, new RoadSurface(2), new StreetLighting(city, 2), [.. patrols.Select(p => p.Loop)], new PlantingOptions { Seed = 2 });
        var hole = plants.Potholes.First(p => p.ByOthers);
        var stays = plants.Potholes.First(p => !p.ByOthers);
        SensorRequest[] requests =
        [
            new("1", true, plants.Lamps[0].Pole.Id, city.Plane.ToGeo(plants.Lamps[0].Pole.At), false, ["real-1"]),
            new("2", true, "not-planted", city.Plane.ToGeo(new Place(0, 0)), false, ["lux"]),
            new("3", true, "nor-this", city.Plane.ToGeo(new Place(0, 0)), false, ["lux", "sim"]),
            new("4", false, null, city.Plane.ToGeo(new Place(hole.At.X + 10, hole.At.Y)), true, ["sim"]),
            new("5", false, null, city.Plane.ToGeo(new Place(stays.At.X + 5, stays.At.Y)), false, ["sim"]),
            new("6", false, null, city.Plane.ToGeo(new Place(hole.At.X + 5_000, hole.At.Y)), false, ["sim"]),
        ];
        var score = Score.Of(plants, city.Plane, requests, "lux", new HashSet<string> { "real-1", "lux" });
        Assert.Equal(new Count(1, 1, 1), score.Found);
        Assert.Equal(new Count(plants.Lamps.Count - 1, plants.Potholes.Count - 5, 3), score.Missed);
        Assert.Equal(new Count(1, 1), score.False);
        Assert.Equal(new Count(1, 0), score.Unverified);
        Assert.Equal(new Count(1, 0), score.FoundByRealAgents);
    }

    [Fact]
    public void The_last_line_has_the_agreed_members_first()
    {
        var score = Score.Of(Plants.Plant(Cities.Grid(), new RoadSurface(1), new StreetLighting(Cities.Grid(), 1), [], new PlantingOptions()),
            new CityPlane(new GeoPoint(42, -71)), [], "lux", new HashSet<string>());
        var json = new Figures
        {
            Vehicles = 6, Readings = 1, Observations = 2, Sites = 3, RequestsOpened = new Count(1, 2), WorkOrdersClosed = 4, Lost = 0, Duplicated = 0,
            TicketMs = new Percentiles(), FeedMs = new Percentiles(), Score = score, Foreign = 0, AgentProcesses = 5, AgentsKilled = 1, Speed = 20, Seconds = 60, Seed = 311,
        }.ToJson();
        using var document = JsonDocument.Parse(json);
        string[] agreed =
        [
            "vehicles", "readings", "observations", "sites", "requests_opened", "work_orders_closed", "lost", "duplicated",
            "ticket_ms_p50", "ticket_ms_p99", "feed_ms_p50", "feed_ms_p99", "planted", "found", "missed", "false",
        ];
        Assert.Equal(agreed, document.RootElement.EnumerateObject().Select(p => p.Name).Take(agreed.Length));
        Assert.Equal(2, document.RootElement.GetProperty("requests_opened").GetProperty("pothole").GetInt32());
    }
}
