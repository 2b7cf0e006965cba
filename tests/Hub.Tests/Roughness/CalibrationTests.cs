using ThreeOneOne.Field.Hub.Roughness;

namespace ThreeOneOne.Field.Hub.Tests.Roughness;

public sealed class CalibrationTests
{
    private const int Month = 2026 * 12 + 11;

    private static readonly RoughnessOptions Options = new();
    private static readonly double[] Offsets = [0.3, -0.2, 0.05, -0.25, 0.1];
    private static readonly double[] Slopes = [0.1, -0.05, 0, 0.08, -0.1];

    [Fact]
    public void Vehicles_that_share_streets_learn_how_they_differ()
    {
        var result = Calibration.Fit(Drive(60, Offsets), None, Options);

        Assert.Equal(5, result.Vehicles.Count);
        // What is common to all is the prior's.
        var (mean, found) = (Offsets.Average(), result.Vehicles.Average(v => v.Offset));
        Assert.All(result.Vehicles, v => Assert.Equal(Offsets[v.Vehicle[1] - '0'] - mean, v.Offset - found, 0.05));
        Assert.All(result.Vehicles, v => Assert.Equal(RoughnessScale.Fleet, v.Scale));
        var scale = Math.Exp(result.Pieces.Average(p => Math.Log(p.MPerKm / Truth(p.Piece))));
        Assert.All(result.Pieces, p => Assert.InRange(p.MPerKm / (Truth(p.Piece) * scale), 0.8, 1.2));
    }

    [Fact]
    public void Vehicles_such_as_they_were_foreseen_give_a_scale_that_its_error_covers()
    {
        var result = Calibration.Fit(Drive(60, [.. Offsets.Select(o => o + 0.4)]), None, Options);

        Assert.InRange(result.Pieces.Average(p => Math.Abs(p.MPerKm - Truth(p.Piece)) <= 2 * p.ErrorMPerKm ? 1.0 : 0), 0.95, 1);
        // Nobody knows how far real vehicles are from simulated ones: no estimate is better than that.
        Assert.All(result.Pieces, p => Assert.InRange(p.ErrorMPerKm / p.MPerKm, 0.1, 0.5));
    }

    [Fact]
    public void The_order_of_what_came_leaves_no_trace()
    {
        var all = Drive(30, Offsets);
        var mixed = all.OrderBy(f => f.Piece.Index * 7919 % 31).ThenByDescending(f => f.Vehicle, StringComparer.Ordinal).ToList();

        var (one, other) = (Calibration.Fit(all, None, Options), Calibration.Fit(mixed, None, Options));

        Assert.Equal(one.Pieces, other.Pieces);
        Assert.Equal(one.Vehicles, other.Vehicles);
    }

    [Fact]
    public void A_profiled_street_gives_the_scale_to_all_that_hangs_together()
    {
        var profiled = Enumerable.Range(0, 6).ToDictionary(i => At(i), i => Truth(At(i)));

        var result = Calibration.Fit(Drive(60, [.. Offsets.Select(o => o + 0.4)]), profiled, Options);

        Assert.All(result.Pieces, p => Assert.InRange(p.MPerKm / Truth(p.Piece), 0.9, 1.11));
        Assert.All(result.Pieces, p => Assert.Equal(RoughnessScale.Profiler, p.Scale));
        Assert.InRange(result.Pieces.Average(p => Math.Abs(p.MPerKm - Truth(p.Piece)) <= 2 * p.ErrorMPerKm ? 1.0 : 0), 0.95, 1);
        Assert.True(result.Pieces.Average(p => p.ErrorMPerKm / p.MPerKm) < 0.1);
    }

    [Fact]
    public void Who_shares_too_few_pieces_is_not_calibrated_and_says_so_by_its_error()
    {
        List<VehiclePiece> all = [.. Drive(30, Offsets[..2]), .. Enumerable.Range(100, 30).Select(i => Felt(At(i), "alone", 0.3, 0, new Random(i)))];
        all.AddRange(Enumerable.Range(0, Options.LeastShared - 1).Select(i => Felt(At(i), "guest", 0.3, 0, new Random(i))));

        var result = Calibration.Fit(all, None, Options);

        Assert.Equal(
            [("alone", RoughnessScale.None), ("guest", RoughnessScale.None), ("v0", RoughnessScale.Fleet), ("v1", RoughnessScale.Fleet)],
            result.Vehicles.Select(v => (v.Vehicle, v.Scale)));
        var lonely = result.Pieces.Where(p => p.Piece.Index >= 100).ToList();
        Assert.All(lonely, p => Assert.Equal(RoughnessScale.None, p.Scale));
        Assert.All(lonely, p => Assert.True(p.ErrorMPerKm > 0.2 * p.MPerKm));
    }

    [Fact]
    public void One_mad_piece_does_not_move_a_vehicle()
    {
        var all = Drive(40, Offsets);
        var clean = Calibration.Fit(all, None, Options).Vehicles[0].Offset;
        var at = all.FindIndex(f => f.Vehicle == "v0");
        all[at] = all[at] with { Sums = all[at].Sums with { SquareSum = all[at].Sums.SquareSum * 400 } };

        Assert.Equal(clean, Calibration.Fit(all, None, Options).Vehicles[0].Offset, 0.03);
    }

    [Fact]
    public void Other_tyres_are_another_months_offset()
    {
        var later = Drive(40, [Offsets[0] + 0.2, .. Offsets[1..]]).Select(f => f with { Month = Month + 1 });

        var found = Calibration.Fit([.. Drive(40, Offsets), .. later], None, Options).Vehicles.Where(v => v.Vehicle == "v0").ToList();

        Assert.Equal([Month, Month + 1], found.Select(v => v.Month));
        Assert.Equal(0.2, found[1].Offset - found[0].Offset, 0.05);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_shakes_more_by_itself_than_by_the_road_makes_no_street_rough_whether_it_tells_so_or_not(bool told)
    {
        // As much as a street of 6 m/km.
        var all = Drive(60, Offsets);
        var clean = Calibration.Fit(all, None, Options);

        var shaken = Calibration.Fit(all.ConvertAll(f => f.Vehicle != "v2" ? f : f with { Sums = Shaken(f.Sums) }), None, Options);

        Assert.InRange(shaken.Pieces.Zip(clean.Pieces).Average(p => Math.Abs(Math.Log(p.First.MPerKm / p.Second.MPerKm))), 0, 0.05);
        Assert.InRange(shaken.Pieces.Zip(clean.Pieces).Where(p => p.Second.MPerKm < 2).Average(p => p.First.ErrorMPerKm / p.Second.ErrorMPerKm), 1, 2);

        PieceSums Shaken(PieceSums sums) =>
            told ? sums with { HumSum = sums.HumSum + sums.LengthDm * 4_000 } : sums with { SquareSum = sums.SquareSum + sums.LengthDm * 4_000 };
    }

    [Fact]
    public void Nothing_driven_is_nothing_found()
    {
        var result = Calibration.Fit([], None, Options);

        Assert.Empty(result.Pieces);
        Assert.Empty(result.Vehicles);
    }

    private static IReadOnlyDictionary<Piece, double> None => new Dictionary<Piece, double>();

    private static Piece At(int index) => new("s1", index, Along: true);

    private static double Truth(Piece piece) => 1.5 + 6 * new Random(piece.Index).NextDouble();

    private static List<VehiclePiece> Drive(int pieces, double[] offsets)
    {
        var random = new Random(11);
        return [.. from piece in Enumerable.Range(0, pieces) from v in Enumerable.Range(0, offsets.Length)
                   where random.NextDouble() < 0.7
                   select Felt(At(piece), $"v{v}", offsets[v], Slopes[v], random)];
    }

    private static VehiclePiece Felt(Piece piece, string vehicle, double offset, double slope, Random random)
    {
        var speed = 5 + 10 * random.NextDouble();
        var noise = 0.06 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2;
        var felt = Truth(piece) * Math.Exp(offset + slope * Math.Log(speed / 10) + noise);
        return new VehiclePiece(piece, vehicle, Month, 100, PieceSums.Of(200, felt * felt, 0, speed, 20_000));
    }
}
