using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Light;
using ThreeOneOne.Field.Fleet.Planting;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class PlantingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 17, 0, 0, TimeSpan.Zero);

    private static (Plants Plants, StreetLighting Lighting) Plant(int seed)
    {
        var city = Cities.Cambridge.Value;
        var patrols = Districts.Patrols(city, new Router(city.Graph), 5, seed);
                var lighting = new StreetLighting(city, seed);
        return (Plants.Plant(city, new RoadSurface(seed), lighting, [.. patrols.Select(p => p.Loop)], new PlantingOptions { Seed = seed, RepairsAt = Noon }), lighting);
    }

    [Fact]
    public void One_seed_always_plants_the_same()
    {
        var (a, _) = Plant(5);
        var (b, _) = Plant(5);
        var (c, _) = Plant(6);
        Assert.Equal(a.Lamps.Select(l => l.Pole.Id), b.Lamps.Select(l => l.Pole.Id));
        Assert.Equal(a.Potholes.Select(l => l.At), b.Potholes.Select(l => l.At));
        Assert.NotEqual(a.Potholes.Select(l => l.At), c.Potholes.Select(l => l.At));
    }

    [Fact]
    public void Enough_is_planted_and_what_no_sensor_could_tell_apart_is_not()
    {
        var (plants, lighting) = Plant(5);
        Assert.InRange(plants.Lamps.Count, 20, 40);
        Assert.InRange(plants.Potholes.Count, 15, 25);
        Assert.Equal(4, plants.Potholes.Count(p => p.ByOthers));
        foreach (var lamp in plants.Lamps)
        {
            Assert.False(lighting.IsLit(lamp.Pole.Id, Noon));
            Assert.DoesNotContain(Cities.Cambridge.Value.PolesNear(lamp.Pole.At, 15), n => n.Pole.Id != lamp.Pole.Id);
        }
    }

    [Fact]
    public void A_repair_counts_from_its_time_on()
    {
        var (plants, lighting) = Plant(5);
        var lamp = plants.Lamps[0].Pole;
        Assert.True(plants.Relight(lamp.Id, Noon));
        Assert.False(plants.Relight(lamp.Id, Noon));
        Assert.False(lighting.IsLit(lamp.Id, Noon.AddSeconds(-1)));
        Assert.True(lighting.IsLit(lamp.Id, Noon));
        var hole = plants.Potholes.First(p => !p.ByOthers);
        Assert.True(plants.Fill(hole.At, 15, Noon, Noon));
        Assert.Equal(Noon, hole.Piece.GoneAt);
        Assert.False(plants.Fill(hole.At, 15, Noon, Noon));

        // The next run in the same city finds it mended.
        var (next, nextLighting) = Plant(5);
        next.Remember(plants.Mended.Relit, plants.Mended.Filled, Noon.AddHours(1));
        Assert.True(nextLighting.IsLit(lamp.Id, Noon));
        Assert.Equal(Noon, next.Potholes.First(p => !p.ByOthers).Piece.GoneAt);
    }
    [Fact]
    public void What_was_mended_stays_so_when_a_later_run_drives_an_earlier_time()
    {
        var (plants, _) = Plant(5);
        var lamp = plants.Lamps[0].Pole;
        plants.Relight(lamp.Id, Noon);
        var (next, lighting) = Plant(5);
        next.Remember(plants.Mended.Relit, plants.Mended.Filled, Noon.AddDays(-1));
        Assert.True(lighting.IsLit(lamp.Id, Noon.AddDays(-1)));
    }
}
