using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Positioning;

public sealed class SteadyFixesTests
{
    private static readonly DateTimeOffset Begins = new(2026, 11, 20, 13, 0, 0, TimeSpan.Zero);
    private static readonly GeoPoint Origin = new(42.37, -71.11);

    private readonly SteadyFixes _steady = new();
    private double _second;
    private double _north;

    [Fact]
    public void What_agrees_is_hardly_moved()
    {
        for (var i = 0; i < 60; i++) Assert.InRange(Drive(10), 0, 0.5);
    }

    [Fact]
    public void A_place_that_speed_does_not_lead_to_is_not_believed_for_a_minute_at_most()
    {
        for (var i = 0; i < 30; i++) Drive(10);
        for (var i = 0; i < 20; i++) Assert.InRange(Drive(10, eastM: 25), 0, 1);
        for (var i = 0; i < 60; i++) Drive(10, eastM: 25);
        Assert.InRange(Drive(10, eastM: 25), 24, 26);
    }

    [Fact]
    public void A_receiver_whose_speed_is_wrong_is_passed_on_as_it_is()
    {
        for (var i = 0; i < 60; i++) Drive(10, saidMps: 3);
        for (var i = 0; i < 5; i++) Assert.Equal(25, Drive(10, saidMps: 3, eastM: 25), 0.1);
    }

    [Fact]
    public void A_vehicle_that_stands_keeps_its_place_while_its_receiver_wanders()
    {
        Park();
        var parked = Give(0).At;
        for (var i = 0; i < 600; i++) Assert.Equal(parked, Give(0, eastM: 6 * Math.Sin(i / 40.0)).At);
    }

    [Fact]
    public void Driving_off_is_followed_at_once()
    {
        Park();
        for (var i = 0; i < 300; i++) Give(0, eastM: 2);
        for (var i = 0; i < 4; i++) Drive(3);
        Assert.InRange(Drive(3), 0, 4);
    }

    [Theory]
    [InlineData(0.12)]
    [InlineData(0.4)]
    public void A_slow_creep_is_seen(double speedMps)
    {
        Park();
        var from = Give(0).At;
        var at = from;
        for (var i = 0; i < 900; i++)
        {
            _north += speedMps;
            at = Give(speedMps, hasCourse: false).At;
        }

        Assert.InRange(from.DistanceMTo(at) / (900 * speedMps), 0.75, 1.05);
    }

    [Fact]
    public void After_a_gap_the_receiver_is_believed()
    {
        for (var i = 0; i < 30; i++) Drive(10);
        _second += 20;
        Assert.Equal(300, Drive(10, eastM: 300), 0.1);
    }

    [Fact]
    public void Stillness_and_an_ignition_that_is_off_hold_the_place_against_reflections()
    {
        foreach (var signs in new[] { new StandingSigns(600, null), new StandingSigns(null, false) })
        {
            Park();
            var parked = Give(0).At;
            for (var i = 0; i < 3_600; i++)
            {
                var (astray, noise) = (i / 40 % 3 == 2 ? 25 : 0, i % 2 == 0 ? 0.8 : -0.8);
                Assert.Equal(parked, Give(0.8, eastM: astray + noise, hasCourse: false, signs: signs).At);
            }

            _second += 60;
        }
    }

    [Fact]
    public void Reflections_move_a_vehicle_of_which_nothing_else_is_known()
    {
        Park();
        var parked = Give(0).At;
        for (var i = 0; i < 30; i++) Give(0.8, eastM: i % 2 == 1 ? 6 : 0, hasCourse: false);
        Assert.True(parked.DistanceMTo(Give(0.8, eastM: 25, hasCourse: false).At) > 10);
    }

    [Fact]
    public void Driving_off_is_followed_though_the_accelerometer_seems_still()
    {
        Park();
        for (var i = 0; i < 300; i++) Give(0, eastM: 2, signs: Still);
        for (var i = 0; i < 6; i++) Drive(3, signs: Still);
        Assert.InRange(Drive(3, signs: Still), 0, 5);
    }

    [Fact]
    public void A_creep_that_no_accelerometer_feels_is_seen_all_the_same()
    {
        Park();
        for (var i = 0; i < 300; i++) Give(0, signs: Still);
        var from = Give(0, signs: Still).At;
        var at = from;
        for (var i = 0; i < 900; i++)
        {
            _north += 0.15;
            at = Give(0.15, hasCourse: false, signs: Still).At;
        }

        Assert.InRange(from.DistanceMTo(at) / (900 * 0.15), 0.7, 1.05);
    }

    [Fact]
    public void Without_sky_for_a_while_a_still_vehicle_keeps_its_place()
    {
        Park();
        var parked = Give(0, signs: Still).At;
        _second += 120;
        Assert.Equal(parked, Give(0, eastM: 30, signs: Still).At);
        _second += 120;
        Assert.NotEqual(parked, Give(0, eastM: 30, signs: new StandingSigns(60, null)).At);
    }

    private static StandingSigns Still => new(600, null);

    private void Park()
    {
        for (var i = 0; i < 30; i++) Drive(10);
        for (var i = 0; i < 10; i++) Give(0);
    }

    // How far the believed place lies from the true one.
    private double Drive(double speedMps, double? saidMps = null, double eastM = 0, StandingSigns signs = default)
    {
        _north += speedMps;
        return Origin.MovedByM(0, _north).DistanceMTo(Give(saidMps ?? speedMps, eastM, signs: signs).At);
    }

    private Fix Give(double speedMps, double eastM = 0, bool hasCourse = true, StandingSigns signs = default) => _steady.Next(
        new Fix
        {
            FixTime = Begins.AddSeconds(_second++),
            DeviceTime = Begins,
            MonotonicMs = 0,
            At = Origin.MovedByM(eastM, _north),
            SpeedMps = speedMps,
            CourseDeg = hasCourse && speedMps > 0 ? 0 : null,
            Hdop = 1,
        },
        signs);
}
