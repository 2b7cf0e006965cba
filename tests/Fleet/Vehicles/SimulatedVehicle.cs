using System.Collections.Concurrent;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Light;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Fleet.Vehicles;

/// <summary>
/// One vehicle in the simulated world: driven along its patrol or to a job, with receiver, accelerometer and light sensor.
/// Advanced by one thread; what others want of it is queued.
/// </summary>
public sealed class SimulatedVehicle
{
    private const int StepsPerSecond = 10;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(Driver.StepSeconds);

    private readonly Driver _driver;
    private readonly Ride _ride;
    private readonly LuxSensor _light;
    private readonly ReceiverLine _receiver;
    private readonly Manoeuvres? _manoeuvres;
    private readonly World _world;
    private readonly ISensorFeed _feed;
    private readonly ConcurrentQueue<Action<Driver>> _wishes = new();
    private readonly (float X, float Y, float Z)[] _samples;
    private readonly TimeSpan _sampleStep;
    private readonly Random _drops;
    private DateTimeOffset? _now;
    private volatile bool _atGoal;
    private volatile Tuple<Place>? _at;

    public SimulatedVehicle(string id, SimulationClock clock, World world, Driver driver, ISensorFeed feed, int seed)
    {
        (Id, Clock, _driver, _feed, _world) = (id, clock, driver, feed, world);
        var (body, mount) = world.Equip(id);
        _ride = new Ride(world.Road, new Random(RoadSurface.HashCode(seed, 0, 51)), body, mount);
        (_samples, _sampleStep) = (new (float, float, float)[_ride.SamplesPerStep], Step / _ride.SamplesPerStep);
        _drops = new Random(RoadSurface.HashCode(seed, 0, 56));
        _light = new LuxSensor(world.Lighting, new Random(RoadSurface.HashCode(seed, 0, 52)));
        _receiver = new ReceiverLine(world.Receiver(id), new Random(RoadSurface.HashCode(seed, 0, 53)), seed % StepsPerSecond);
        if (world.Difficulty != Difficulty.Demo) _manoeuvres = new Manoeuvres(new Random(RoadSurface.HashCode(seed, 0, 59)));
        _at = Tuple.Create(driver.At);
    }

    public string Id { get; }

    public SimulationClock Clock { get; }

    /// <summary>True while it stands where <see cref="DriveTo"/> sent it.</summary>
    public bool AtGoal => _atGoal;

    /// <summary>Where it truly is.</summary>
    public Place At => _at!.Item1;

    public void DriveTo(Place place)
    {
        _atGoal = false;
        _wishes.Enqueue(d => d.DriveTo(place));
    }

    public void Resume()
    {
        _atGoal = false;
        _wishes.Enqueue(d => d.Resume());
    }

    /// <summary>Simulates up to its clock's present, at most <paramref name="most"/> of simulated time at once.</summary>
    public void Advance(TimeSpan most)
    {
        while (_wishes.TryDequeue(out var wish)) wish(_driver);
        var (until, since) = Clock.Read();
        // Over a jump of its clock nothing was driven: it was parked meanwhile.
        var now = _now is { } last && last >= since ? last : until - Step;
        if (until - now > most) until = now + most;
        while (now + Step <= until)
        {
            now += Step;
            One(now);
        }

        _now = now;
        _atGoal = _driver.AtGoal && _wishes.IsEmpty;
        _at = Tuple.Create(_driver.At);
        _feed.Flush();
    }

    private void One(DateTimeOffset now)
    {
        var edge = _driver.Edge;
        var from = _driver.AlongM;
        var shaken = _manoeuvres?.Next(_driver, _ride);
        _driver.Step();
        if (!ReferenceEquals(edge, _driver.Edge)) from = _driver.AlongM - _driver.SpeedMps * Driver.StepSeconds;
        _ride.Step(_driver, from, now, _samples, shaken);
        // Sensors are stamped by the vehicle's clock.
        var stamp = now - _receiver.ClockLag;
        // A block that the bus lost.
        if (_ride.Mount.DropShare == 0 || _drops.NextDouble() >= _ride.Mount.DropShare) _feed.Motion(stamp - Step + _sampleStep, _sampleStep, _samples);
        _feed.Light(stamp, _light.Read(_driver, now));
        if (!_receiver.Step(_driver, _world.SkyOver(_driver.Edge, _driver.AlongM), now, out var read)) return;
        var (time, fix) = read;
        _feed.Fix(time, _world.City.Plane.ToGeo(fix.At), fix.SpeedMps, fix.CourseDeg, fix.Hdop, fix.Satellites);
    }
}
