using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class GpsReceiverTests
{
    private const double SpeedMps = 15;

    [Fact]
    public void A_fix_is_as_old_as_its_receiver_is_slow()
    {
        var errors = Drive(new ReceiverTraits { AgeSeconds = 0.8, WanderM = 0.01, WhiteM = 0.01 }, _ => SkyAbove.Open);

        Assert.All(errors, e => Assert.Equal(-0.8 * SpeedMps, e!.Value.X, 0.2));
    }

    [Fact]
    public void A_speed_may_be_fresher_than_its_place()
    {
        var receiver = new GpsReceiver(new Random(7), new ReceiverTraits { AgeSeconds = 0.8, SpeedAgeSeconds = 0.1, WanderM = 0.01, WhiteM = 0.01, VelocityMps = 0.001 });
        var (along, speed) = (0.0, 0.0);
        for (var step = 0; step < 100; step++)
        {
            speed += 2 * Driver.StepSeconds;
            along += speed * Driver.StepSeconds;
            receiver.Move(new Place(along, 0), 0, speed);
        }

        var fix = receiver.Measure(1)!.Value;
        Assert.Equal(speed - 2 * 0.1, fix.SpeedMps, 0.05);
        Assert.Equal(along - speed * 0.8 + 0.8 * 0.8, fix.At.X, 0.3);
    }

    [Fact]
    public void In_a_tunnel_there_is_no_fix_and_for_a_moment_after()
    {
        var errors = Drive(ReceiverTraits.Usual, s => s is >= 100 and < 120 ? SkyAbove.Tunnel : SkyAbove.Open);

        Assert.All(errors[98..119], e => Assert.Null(e));
        Assert.NotNull(errors[95]);
        Assert.NotNull(errors[125]);
    }

    [Fact]
    public void Between_tall_buildings_it_is_sometimes_led_astray_and_seldom_says_so()
    {
        var open = Drive(ReceiverTraits.Usual, _ => SkyAbove.Open).ConvertAll(e => Math.Abs(e!.Value.Y));
        var canyon = Drive(ReceiverTraits.Usual, _ => SkyAbove.Canyon).ConvertAll(e => Math.Abs(e!.Value.Y));

        Assert.True(open.Max() < 8);
        Assert.True(canyon.Count(e => e > 8) > 20);
        Assert.True(canyon.Count(e => e < 8) > 200);
    }

    [Fact]
    public void Receivers_are_drawn_alike_from_one_seed_and_differ_between_seeds()
    {
        Assert.Equal(ReceiverTraits.Draw(new Random(5)), ReceiverTraits.Draw(new Random(5)));
        Assert.NotEqual(ReceiverTraits.Draw(new Random(5)), ReceiverTraits.Draw(new Random(6)));
    }

    // Eastwards for ten minutes: how far each fix is from the truth of its own time.
    private static List<Place?> Drive(ReceiverTraits traits, Func<double, SkyAbove> sky)
    {
        var receiver = new GpsReceiver(new Random(7), traits);
        List<Place?> errors = [];
        for (var step = 0; step < 6_000; step++)
        {
            var at = new Place(step * Driver.StepSeconds * SpeedMps, 0);
            receiver.Move(at, 0, SpeedMps, sky(step * Driver.StepSeconds));
            if (step % 10 != 9 || step < 20) continue;
            errors.Add(receiver.Measure(1) is { } fix ? new Place(fix.At.X - at.X, fix.At.Y) : null);
        }

        return errors;
    }
}
