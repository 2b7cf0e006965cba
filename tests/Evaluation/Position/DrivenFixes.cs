using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Evaluation.Streets;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;

namespace ThreeOneOne.Field.Evaluation.Position;

/// <summary>What a receiver of unknown make says of a drive, as the agent hands it on.</summary>
internal static class DrivenFixes
{
    private const int CanyonEvery = 10;

    private static readonly DateTimeOffset Begins = new(2026, 11, 20, 13, 0, 0, TimeSpan.Zero);

    public static List<DrivenFix> Of(IReadOnlyList<DriveStep> steps, CityPlane plane, Random random)
    {
        var receiver = new GpsReceiver(new Random(random.Next()), ReceiverTraits.Draw(random));
        var steady = new SteadyFixes();
        var every = (int)Math.Round(1 / (receiver.Traits.RateHz * Driver.StepSeconds));
        var canyon = random.Next(CanyonEvery);
        List<DrivenFix> fixes = [];
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            receiver.Move(step.At, step.Heading, step.SpeedMps, step.Edge.Segment.Index % CanyonEvery == canyon ? SkyAbove.Canyon : SkyAbove.Open);
            if (i % every != 0 || receiver.Measure(every * Driver.StepSeconds) is not { } said) continue;
            var seconds = i * Driver.StepSeconds;
            fixes.Add(new DrivenFix(seconds, seconds + receiver.Traits.DelaySeconds, steady.Next(new Fix
            {
                FixTime = Begins.AddSeconds(seconds),
                DeviceTime = Begins,
                MonotonicMs = 0,
                At = plane.ToGeo(said.At).Rounded(),
                SpeedMps = said.SpeedMps,
                CourseDeg = said.CourseDeg,
                Hdop = said.Hdop,
            })));
        }

        return fixes;
    }
}
