using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Crews;

/// <summary>
/// The time by which what people did is ordered: GPS time, or the vehicle's wall clock where there is none. For rebased
/// recordings it is the wall clock, because people press buttons in the present even when their drive is replayed.
/// </summary>
public static class WorkTime
{
    public static DateTimeOffset Of(Stamp stamp) => stamp.Replay ? stamp.DeviceTime : stamp.Effective;
}
