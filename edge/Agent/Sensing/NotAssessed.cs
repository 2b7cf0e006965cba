namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>Why the road is not assessed. The words are the vehicle's health record's.</summary>
public enum NotAssessed
{
    /// <summary>There is no accelerometer, or it has ended.</summary>
    NoSource = 0,

    /// <summary>The sensor gives the same reading again and again while the vehicle drives.</summary>
    Stuck,

    /// <summary>The sensor is at the end of its range.</summary>
    Saturated,

    /// <summary>A reading is no number.</summary>
    NotANumber,

    /// <summary>A reading is not later than the one before it.</summary>
    TimeBackwards,

    /// <summary>Fewer readings than show a wheel's movement: a phone's.</summary>
    TooSlowRate,

    /// <summary>It is not known yet which way is up, or the sensor was moved.</summary>
    NotAligned,

    /// <summary>Plow, broom or boom works.</summary>
    Work,

    /// <summary>On chains, snow or ice.</summary>
    Winter,

    /// <summary>In a work zone, or near steel plates.</summary>
    WorkZone,

    /// <summary>The vehicle stands or crawls.</summary>
    Parked,

    /// <summary>There is no fix, or none that is good enough to place a shock.</summary>
    BadFix,
}
