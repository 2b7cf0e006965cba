using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Positioning.Matching;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.WorkOrders;

/// <summary>
/// Tells an arrival from driving past, waiting at a light, and standing in a queue: who arrives stands. Where there may be a light one must
/// stand longer than it is red, or turn the ignition off, which nobody does at a light. One per vehicle.
/// </summary>
internal sealed class VisitRule(WorkOrdersOptions options, StreetNet? streets)
{
    // A receiver's place wanders so far in the time that is asked for, metres; a queue that moves up goes farther.
    private const double StandM = 4;

    // A standing vehicle has no course: it stands as it last drove.
    private const double CourseFromMps = 2;

    // Who moves off is no longer where it waited.
    private const double MovesMps = 1;

    private Fix? _stands;
    private double? _courseDeg;
    private bool _atLight;

    /// <summary>Takes every fix, before the visits are asked about it.</summary>
    public void Take(Fix fix)
    {
        if (fix.CourseDeg is { } course && fix.SpeedMps >= CourseFromMps) _courseDeg = course;
        if (_stands is { } stands && stands.FixTime <= fix.FixTime && stands.At.DistanceMTo(fix.At) <= StandM)
        {
            if (fix.SpeedMps >= MovesMps) return;
        }
        else
        {
            _stands = fix;
        }

        _atLight = streets is not null && _courseDeg is { } ahead && streets.IsAtLight(fix.At, ahead, options.JunctionM);
    }

    /// <summary>The visit after a fix; null when it is over or has not begun.</summary>
    public Visit? Follow(Visit? visit, GeoPoint job, Fix fix)
    {
        var distance = job.DistanceMTo(fix.At);
        if (distance > options.LeaveM) return null;
        if (distance > options.ArriveM) return visit is null ? null : visit with { Stands = null };
        visit ??= new Visit(fix, null, false);
        var goesOn = visit.Stands is { } before && _stands is { } stands && before.FixTime >= stands.FixTime;
        return goesOn ? visit : visit with { Stands = fix };
    }

    /// <summary>The fix at which it has arrived: it came to stand there, long enough ago. Null while that is not certain.</summary>
    /// <param name="visit">Its visit.</param>
    /// <param name="fix">The newest.</param>
    /// <param name="ignitionOn">Null: not known.</param>
    public Fix? Arrived(Visit visit, Fix fix, bool? ignitionOn)
    {
        if (visit.Stands is not { } stands) return null;
        var needed = _atLight && ignitionOn != false ? options.JunctionDwellSeconds : options.DwellSeconds;
        return (fix.FixTime - stands.FixTime).TotalSeconds >= needed ? stands : null;
    }
}
