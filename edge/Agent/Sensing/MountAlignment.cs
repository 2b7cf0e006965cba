using System.Numerics;
using ThreeOneOne.Field.Agent.Motion;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// Learns while driving which way is up for the sensor, from what it shows on average at steady speed, and turns its readings so that z is up
/// and gravity is 9.81. It starts from the mount that was configured, follows a slow drift, and begins anew when the sensor was moved.
/// Where ahead is within the level is not learned: what is made of the readings takes both level axes together.
/// </summary>
internal sealed class MountAlignment
{
    private const float Gravity = 9.81f;

    // Before it is believed, and how slowly it is followed from then on.
    private const double LeastSeconds = 3;
    private const double FollowSeconds = 60;

    // A street may be this steep, and a sensor that leans farther than this from what was learned was moved.
    private const double MovedDegrees = 15;
    private const double MovedSeconds = 3;
    private const double FastSeconds = 2;

    // Beyond this the reading of a resting sensor is not gravity.
    private const float MostOff = 1.3f;

    // Speeding up, braking and bends lean the mean.
    private const double SteadyMps2 = 0.4;

    private static readonly float MovedCosine = (float)Math.Cos(MovedDegrees * Math.PI / 180);

    private Vector3 _slow;
    private Vector3 _fast;
    private double _learned;
    private double _movedFor;
    private Place _then;
    private bool _steady;
    private Vector3 _ahead = Vector3.UnitX;
    private Vector3 _left = Vector3.UnitY;
    private Vector3 _up = Vector3.UnitZ;

    /// <summary>Takes the next reading and says whether its frame is known.</summary>
    /// <param name="reading">As the sensor gave it.</param>
    /// <param name="since">Seconds since the reading before it.</param>
    public bool Learn(in MotionReading reading, double since)
    {
        if (IsSteady(reading.Place)) Add(new Vector3(reading.Sample.X, reading.Sample.Y, reading.Sample.Z), since);
        return _learned >= LeastSeconds && _movedFor == 0 && Math.Abs(_slow.Length() - Gravity) <= MostOff;
    }

    /// <summary>The reading in the vehicle's frame.</summary>
    public AccelSample Turn(in AccelSample sample)
    {
        var v = new Vector3(sample.X, sample.Y, sample.Z);
        return new AccelSample(sample.Time, Vector3.Dot(_ahead, v), Vector3.Dot(_left, v), Vector3.Dot(_up, v) - (_slow.Length() - Gravity));
    }

    private void Add(Vector3 measured, double since)
    {
        if (since is <= 0 or > 0.25) return;
        if (_learned == 0) (_slow, _fast) = (measured, measured);
        _learned += since;
        _fast += (float)Math.Min(1, since / Math.Min(FastSeconds, _learned)) * (measured - _fast);
        var moved = _learned > LeastSeconds && Vector3.Dot(_fast, _slow) < MovedCosine * _fast.Length() * _slow.Length();
        _movedFor = moved ? _movedFor + since : 0;
        if (_movedFor > MovedSeconds) (_learned, _movedFor) = (0, 0);
        if (moved) return;
        _slow += (float)(since / Math.Min(FollowSeconds, _learned)) * (measured - _slow);
        Level();
    }

    // The smallest turn that brings what is up to z.
    private void Level()
    {
        _up = Vector3.Normalize(_slow);
        // Upside down there is no smallest one.
        var ahead = _up.Z < -0.99f ? Vector3.UnitX : Vector3.UnitX - (_up.X / (1 + _up.Z)) * (_up + Vector3.UnitZ);
        _ahead = Vector3.Normalize(ahead - Vector3.Dot(ahead, _up) * _up);
        _left = Vector3.Cross(_up, _ahead);
    }

    private bool IsSteady(in Place now)
    {
        var seconds = (now.Time - _then.Time).TotalSeconds;
        if (seconds is >= 0 and < 1) return _steady;
        var faster = Math.Abs(now.SpeedMps - _then.SpeedMps) / seconds;
        var turned = now.CourseDeg is { } course && _then.CourseDeg is { } before ? Math.Abs(Math.IEEERemainder(course - before, 360)) * Math.PI / 180 : 0;
        _steady = seconds is > 0 and < 3 && faster < SteadyMps2 && turned * now.SpeedMps / seconds < SteadyMps2;
        _then = now;
        return _steady;
    }
}
