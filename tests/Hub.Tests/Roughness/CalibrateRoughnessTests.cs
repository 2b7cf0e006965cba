using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Roughness;
using ThreeOneOne.Field.Hub.Tests.Coverage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Roughness;

/// <summary>From stretches as they arrive to estimates that can be read.</summary>
public sealed class CalibrateRoughnessTests
{
    [Fact]
    public async Task Stretches_become_estimates_by_piece_and_direction_with_an_error()
    {
        await using var hub = Start(leastShared: 3);
        await hub.ApplyAsync(Everything());

        await hub.Get<CalibrateRoughness>().RunAsync(default);

        var pieces = await hub.Database.ReadAsync(RoughnessStore.Pieces, default);
        Assert.Equal(3 * 2 * 2, pieces.Count);
        Assert.All(pieces, p => Assert.Equal((2, RoughnessScale.Fleet), (p.Vehicles, p.Scale)));
        // v1 feels half as much again as v0; what their mean is against the reference car is a prior's, and the error says so.
        Assert.InRange(pieces.Where(p => !p.Piece.Along).Average(p => p.MPerKm) / pieces.Where(p => p.Piece.Along).Average(p => p.MPerKm), 1.6, 1.75);
        Assert.All(pieces, p => Assert.Equal((p.Piece.Along ? 3 : 5) * Math.Sqrt(1.5) / Math.Exp(0.4), p.MPerKm, 2 * p.ErrorMPerKm));
        Assert.All(pieces, p => Assert.InRange(p.ErrorMPerKm, 0.15 * p.MPerKm, 0.4 * p.MPerKm));
        var vehicles = await hub.Database.ReadAsync(RoughnessStore.Vehicles, default);
        Assert.Equal(Math.Log(1.5), vehicles[1].Offset - vehicles[0].Offset, 0.02);
        Assert.All(vehicles, v => Assert.Equal((12, 12), (v.Pieces, v.Shared)));
    }

    [Fact]
    public async Task The_order_of_arrival_leaves_no_trace()
    {
        await using var one = Start(leastShared: 3);
        await using var other = Start(leastShared: 3);
        await one.ApplyAsync(Everything());
        foreach (var record in Everything().Reverse()) await other.ApplyAsync(record);

        await one.Get<CalibrateRoughness>().RunAsync(default);
        await other.Get<CalibrateRoughness>().RunAsync(default);

        Assert.Equal(await one.Database.ReadAsync(RoughnessStore.Pieces, default), await other.Database.ReadAsync(RoughnessStore.Pieces, default));
        Assert.Equal(await one.Database.ReadAsync(RoughnessStore.Vehicles, default), await other.Database.ReadAsync(RoughnessStore.Vehicles, default));
    }

    [Fact]
    public async Task Too_few_shared_pieces_are_said_to_be_no_calibration()
    {
        await using var hub = Start(leastShared: 13);
        await hub.ApplyAsync(Everything());

        await hub.Get<CalibrateRoughness>().RunAsync(default);

        Assert.All(await hub.Database.ReadAsync(RoughnessStore.Vehicles, default), v => Assert.Equal(RoughnessScale.None, v.Scale));
        Assert.Empty(SegmentRoughness.Of(await hub.Database.ReadAsync(RoughnessStore.Pieces, default)));
    }

    [Fact]
    public async Task What_is_older_than_the_months_that_count_goes_with_what_it_said()
    {
        await using var hub = Start(leastShared: 3);
        await hub.ApplyAsync(Everything());
        await hub.Get<CalibrateRoughness>().RunAsync(default);
        hub.Time.Step(TimeSpan.FromDays(100));

        await hub.Get<CalibrateRoughness>().RunAsync(default);

        Assert.Empty(await hub.Database.ReadAsync(c => RoughnessStore.Sums(c, 0), default));
        Assert.Empty(await hub.Database.ReadAsync(RoughnessStore.Pieces, default));
        Assert.Empty(await hub.Database.ReadAsync(RoughnessStore.Vehicles, default));
    }

    private static DomainHub Start(int leastShared) => StreetsHub.Start(services => services.AddRoughness(new RoughnessOptions { LeastShared = leastShared }));

    private static StoredRecord[] Everything()
    {
        var fresh = new Sample();
        return [.. from segment in new[] { StreetsHub.First, StreetsHub.Second, StreetsHub.Third } from vehicle in new[] { 0, 1 } from along in new[] { true, false } from part in new[] { 0, 1, 2, 3 }
                   select Stretch(fresh, segment, $"v{vehicle}", along, part * 50, Math.Pow((along ? 3 : 5) * (vehicle == 0 ? 1 : 1.5), 2))];
    }

    private static StoredRecord Stretch(Sample sample, string segment, string vehicle, bool along, double fromM, double square)
    {
        var (from, to) = (StreetsHub.On(segment, fromM), StreetsHub.On(segment, fromM + 50));
        return sample.Store(vehicle, 1, r => r with
        {
            Roughness = new RoughnessObservation
            {
                From = along ? from : to, To = along ? to : from, LengthM = 50, SpeedMps = 9, RmsMps2 = 0.8, EstimateMPerKm = Math.Sqrt(square), Squares = [square, square, square, square, square],
            },
        });
    }
}
