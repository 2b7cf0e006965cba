using ThreeOneOne.Field.Fleet.Bodies;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class VehicleBodyTests
{
    private static readonly SensorMount Still = SensorMount.Standard with { RateHz = 200 };

    [Fact]
    public void What_is_trained_on_and_what_is_scored_never_share_a_range()
    {
        var trained = Draws(ParameterSet.Training);
        var scored = Draws(ParameterSet.Scoring);

        Assert.Equal([1, 3, 5, 7], trained.Select(v => (int)(8 * v)).Distinct().Order());
        Assert.Equal([0, 2, 4, 6], scored.Select(v => (int)(8 * v)).Distinct().Order());
    }

    [Fact]
    public void Every_body_stands_still_on_a_still_road()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var draw = new ParameterDraw(new Random(seed), ParameterSet.Scoring);
            var motion = new BodyMotion(VehicleBody.Any(draw));
            for (var i = 0; i < 400; i++)
            {
                var (ahead, left, up) = motion.Step(new Road(_ => 0), i * 0.05, QuarterCar.StepSeconds, 0, 0);
                Assert.Equal(0, Math.Abs(ahead) + Math.Abs(left) + Math.Abs(up), 9);
            }
        }
    }

    [Fact]
    public void A_hole_under_one_wheel_rolls_the_body_and_a_hump_under_both_does_not()
    {
        var body = Body(3);
        var hole = Most(body, new Road((at, right) => right && at is > 10 and < 11 ? -0.06 : 0), m => m.Left);
        var hump = Most(body, new Road(at => at is > 10 and < 13.7 ? 0.07 * Math.Sin(Math.PI * (at - 10) / 3.7) : 0), m => m.Left);

        Assert.True(hole > 0.3, $"{hole}");
        Assert.Equal(0, hump, 6);
    }

    [Fact]
    public void Brakes_dive_the_body()
    {
        var motion = new BodyMotion(Body(5));
        for (var i = 0; i < 200; i++) motion.Step(new Road(_ => 0), i * 0.05, QuarterCar.StepSeconds, -5, 0);

        Assert.True(motion.Corners[0].BodyM < -0.005, $"front {motion.Corners[0].BodyM}");
        Assert.True(motion.Corners[2].BodyM > 0.005, $"rear {motion.Corners[2].BodyM}");
    }

    [Fact]
    public void A_tilted_sensor_shows_gravity_on_all_axes_and_no_more_of_it()
    {
        var sensor = new MountedSensor(Still with { YawRad = 2, PitchRad = 0.5, RollRad = -0.7 }, new Random(1));
        var (x, y, z) = sensor.Read(0, 0, 9.81);

        Assert.True(Math.Abs(x) > 1 && Math.Abs(y) > 1 && z < 9);
        Assert.Equal(9.81, Math.Sqrt(x * x + y * y + z * z), 4);
    }

    [Fact]
    public void A_sensor_shows_no_more_than_its_range()
    {
        var sensor = new MountedSensor(Still with { RangeMps2 = 19.62 }, new Random(1));
        Assert.Equal((0, -19.62f, 19.62f), sensor.Read(0, -50, 40));
    }

    [Fact]
    public void A_holder_rings_at_its_own_frequency()
    {
        Assert.True(Gain(15) > 2 * Gain(5), $"{Gain(15)} {Gain(5)}");
        Assert.InRange(Gain(1), 0.9, 1.2);

        static double Gain(double hz)
        {
            var sensor = new MountedSensor(Still with { HolderHz = 15, HolderDamping = 0.15, HolderShare = 1 }, new Random(1));
            var most = 0.0;
            for (var i = 0; i < 2_000; i++)
            {
                var felt = sensor.Hold(0, 0, Math.Sin(Math.Tau * hz * i / 400), 1.0 / 400);
                if (i > 1_000) most = Math.Max(most, Math.Abs(felt.Z));
            }

            return most;
        }
    }

    private static double Most(VehicleBody body, IWheelPaths road, Func<(double Ahead, double Left, double Up), double> of)
    {
        var motion = new BodyMotion(body);
        return Enumerable.Range(0, 600).Max(i => Math.Abs(of(motion.Step(road, i * 0.04, QuarterCar.StepSeconds, 0, 0))));
    }

    private static VehicleBody Body(int seed) => VehicleBody.Any(new ParameterDraw(new Random(seed), ParameterSet.Scoring)) with { SensorUpM = 0.5 };

    private static List<double> Draws(ParameterSet set)
    {
        var draw = new ParameterDraw(new Random(4), set);
        return [.. Enumerable.Range(0, 400).Select(_ => draw.Between(0, 1))];
    }

    private sealed class Road(Func<double, bool, double> height) : IWheelPaths
    {
        public Road(Func<double, double> height)
            : this((at, _) => height(at))
        {
        }

        public double Height(double alongM, bool right) => height(alongM, right);
    }
}
