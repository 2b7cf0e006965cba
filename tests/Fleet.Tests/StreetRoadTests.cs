using ThreeOneOne.Field.Fleet.Bodies;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Fleet.Vehicles;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class StreetRoadTests
{
    [Fact]
    public void Real_streets_have_castings_every_few_lengths_of_a_car_and_some_of_all_else()
    {
        var road = new RoadSurface(5, Difficulty.Street);
        var lanes = Cities.Cambridge.Value.Graph.Edges.Take(600).ToList();
        var pieces = lanes.SelectMany(road.Pieces).ToList();
        var metres = lanes.Sum(l => l.LengthM);

        Assert.InRange(metres / pieces.Count(p => p.Kind == PieceKind.Casting), 20, 70);
        Assert.All(
            new[] { PieceKind.Joint, PieceKind.Rail, PieceKind.Hump, PieceKind.Table, PieceKind.MetalBump, PieceKind.Patch, PieceKind.Gravel },
            kind => Assert.Contains(pieces, p => p.Kind == kind));
        Assert.DoesNotContain(pieces, p => p.Kind == PieceKind.Pothole);
    }

    [Fact]
    public void A_vehicle_keeps_its_body_and_another_has_another()
    {
        var world = new World(Cities.Cambridge.Value, 5, Difficulty.Street);

        Assert.Equal(world.Equip("vehicle-1"), new World(Cities.Cambridge.Value, 5, Difficulty.Street).Equip("vehicle-1"));
        Assert.NotEqual(world.Equip("vehicle-1").Body, world.Equip("vehicle-2").Body);
        Assert.Equal((VehicleBody.Standard, SensorMount.Standard), new World(Cities.Cambridge.Value, 5).Equip("vehicle-1"));
    }

    [Fact]
    public void Sizes_of_what_lies_in_the_road_are_those_that_are_found()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var of = new PieceDraw(new ParameterDraw(new Random(seed), ParameterSet.Scoring));
            Assert.All(of.Pothole(10), p => Assert.True(p is { HeightM: < -0.01 and >= -0.15, LengthM: >= 0.45 and <= 3.5 }));
            Assert.InRange(Math.Abs(of.Casting(10).HeightM), 0.006, 0.025);
            Assert.InRange(Math.Abs(of.FlushCasting(10).HeightM), 0.001, 0.005);
            Assert.Equal(1.435, of.Rails(10)[1].AlongM - of.Rails(10)[0].AlongM, 3);
            Assert.InRange(of.Hump(10).HeightM, 0.05, 0.1);
        }
    }

    [Fact]
    public void Loose_stones_are_as_high_as_they_are_drawn_and_the_same_at_each_pass()
    {
        var stones = new RoadPiece(PieceKind.Gravel, 5, 200, 0.01, 0, 3);
        var heights = Enumerable.Range(0, 3_000).Select(i => stones.HeightAt(15 + i * 0.05)).ToList();

        Assert.InRange(Math.Sqrt(heights.Average(h => h * h)), 0.004, 0.016);
        Assert.Equal(heights[777], stones.HeightAt(15 + 777 * 0.05));
    }
}
