using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>The stamp of a reading that a fix places.</summary>
public static class FixStamp
{
    public static Stamp StampFor(this DeviceClock clock, Fix fix) =>
        clock.Stamp(fix.FixTime, fix.DeviceTime, fix.MonotonicMs, fix.Replay);
}
