using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class RoadTests
{
    private const double Dt = QuarterCar.StepSeconds;

    [Fact]
    public void The_body_sways_at_a_bit_more_than_one_hertz()
    {
        // After a step of the road the body's slow mode remains.
        var car = new QuarterCar();
        var crossings = new List<double>();
        var before = 0.0;
        for (var t = 0.0; t < 6; t += Dt)
        {
            car.Step(0.05);
            var now = car.BodyM - 0.05;
            if (before < 0 && now >= 0 || before > 0 && now <= 0) crossings.Add(t);
            before = now;
        }

        Assert.True(crossings.Count >= 2);
        Assert.InRange(0.5 / (crossings[1] - crossings[0]), 1.0, 1.5);
    }

    [Fact]
    public void The_wheel_answers_most_at_ten_to_twelve_hertz()
    {
        var peak = Enumerable.Range(60, 100).Select(tenth => tenth / 10.0).MaxBy(hz => Gain(hz, c => c.WheelM));
        Assert.InRange(peak, 8.5, 12.5);
    }

    [Fact]
    public void The_body_answers_most_near_its_own_frequency()
    {
        var peak = Enumerable.Range(5, 40).Select(tenth => tenth / 10.0).MaxBy(hz => Gain(hz, c => c.BodyM));
        Assert.InRange(peak, 0.9, 1.6);
    }

    [Fact]
    public void A_pothole_is_felt_and_a_deeper_one_more()
    {
        var shallow = Peak(new RoadPiece(PieceKind.Pothole, 10, 0.7, -0.03, 0.8, 0.6));
        var deep = Peak(new RoadPiece(PieceKind.Pothole, 10, 0.7, -0.08, 0.8, 0.6));
        Assert.InRange(shallow, 2, 12);
        Assert.InRange(deep, shallow * 1.3, 30);
    }

    [Fact]
    public void Profiles_have_the_density_that_iso_8608_names()
    {
        // Between waves of 1 and 10 m the slope is white: its variance over a metre is the density's integral.
        const double Roughness = 64e-6;
        var sum = 0.0;
        var n = 0;
        for (var seed = 0; seed < 30; seed++)
        {
            var profile = new RoadProfile(400, Roughness, new Random(seed));
            for (var x = 20.0; x < 380; x += 1)
            {
                var rise = profile.Left(x + 1) - profile.Left(x);
                sum += rise * rise;
                n++;
            }
        }

        // E[(z(x+L)-z(x))²] = π²·... for Gd = G0 (n/n0)^-2: 2π² n0² G0 L.
        var expected = 2 * Math.PI * Math.PI * 0.01 * Roughness;
        Assert.InRange(sum / n, expected * 0.5, expected * 1.5);
    }

    private static double Gain(double hz, Func<QuarterCar, double> read)
    {
        var car = new QuarterCar();
        var most = 0.0;
        for (var t = 0.0; t < 8; t += Dt)
        {
            car.Step(0.001 * Math.Sin(Math.Tau * hz * t));
            if (t > 5) most = Math.Max(most, Math.Abs(read(car)));
        }

        return most / 0.001;
    }

    private static double Peak(RoadPiece piece)
    {
        var car = new QuarterCar();
        var most = 0.0;
        for (var x = 0.0; x < 40; x += 8 * Dt)
        {
            car.Step(piece.HeightAt(x));
            most = Math.Max(most, Math.Abs(car.BodyMps2));
        }

        return most;
    }
}
