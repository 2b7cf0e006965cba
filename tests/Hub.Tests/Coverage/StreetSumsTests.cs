using FsCheck;
using FsCheck.Fluent;
using ThreeOneOne.Field.Hub.Coverage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Coverage;

public sealed class StreetSumsTests
{
    [Fact]
    public void Roughness_is_the_mean_by_length_and_a_stretch_without_one_has_no_say()
    {
        var sums = Sum(Stretch(100, 2), Stretch(300, 4), Stretch(500, null));
        Assert.Equal(3.5, sums.EstimateMPerKm!.Value, 9);
        Assert.Equal(3, sums.Stretches);
        Assert.Null(default(StreetSums).EstimateMPerKm);
        Assert.Null(default(StreetSums).PeakLux);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e300)]
    [InlineData(-5)]
    public void Nonsense_of_a_sensor_fills_no_sum(double value)
    {
        var sums = Sum(Stretch(value, value), new WireRecord { Seq = 1, Stamp = Stamp, Lamp = new LampObservation { Pole = "p", At = Sample.Origin, Verdict = LampVerdict.Dark, PeakLux = value } });
        Assert.InRange(sums.RoughSum, 0, 1_000_000L * 100_000);
        Assert.InRange(sums.LuxSum, 0, 1_000_000_000);
        Assert.Equal((1, 1, 1), (sums.Stretches, sums.LampPasses, sums.LampsDark));
    }

    [Fact]
    public void The_order_of_observations_leaves_no_trace()
    {
        var records = (from length in Gen.Choose(1, 1_000)
                       from iri in Gen.Choose(0, 12_345)
                       from kind in Gen.Choose(0, 2)
                       select kind switch
                       {
                           0 => Stretch(length / 7.0, iri / 1_000.0),
                           1 => new WireRecord { Seq = 1, Stamp = Stamp, Shock = new ShockObservation { At = Sample.Origin, Kind = (ShockKind)(iri % 5) } },
                           _ => new WireRecord { Seq = 1, Stamp = Stamp, Lamp = new LampObservation { Pole = "p", At = Sample.Origin, Verdict = (LampVerdict)(iri % 4), PeakLux = iri / 9.0 } },
                       }).ArrayOf(40).ToArbitrary();
        Prop.ForAll(records, all => Sum(all) == Sum([.. all.Reverse()])).Check(Config.QuickThrowOnFailure.WithReplay(311, 0x55));
    }

    [Fact]
    public void Hours_begin_on_the_hour_also_before_1970()
    {
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero), StreetHour.HourOf(new DateTimeOffset(2026, 11, 20, 1, 59, 59, 999, TimeSpan.Zero)));
        Assert.Equal(new DateTimeOffset(1969, 12, 31, 23, 0, 0, TimeSpan.Zero), StreetHour.HourOf(DateTimeOffset.UnixEpoch.AddMilliseconds(-1)));
    }

    private static readonly Stamp Stamp = new() { DeviceTime = Sample.Start, Boot = "0000b007", MonotonicMs = 1 };

    private static StreetSums Sum(params WireRecord[] records) => records.Aggregate(default(StreetSums), (sum, record) => sum + StreetSums.Of(record)!.Value);

    private static WireRecord Stretch(double lengthM, double? iri) => new()
    {
        Seq = 1, Stamp = Stamp, Roughness = new RoughnessObservation { From = Sample.Origin, To = Sample.Origin, LengthM = lengthM, EstimateMPerKm = iri, RmsMps2 = 1.5 },
    };
}
