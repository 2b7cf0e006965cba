using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Positioning.Matching;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// Stamps a conclusion, and cuts what a vehicle without a crew reports to the street: every place of the vehicle becomes
/// one on the centre-lines that it drove, once it is decided which these were, and where there is none nothing is reported.
/// </summary>
internal sealed class ObservationCut(VehicleKind kind, StreetNet? streets, DeviceClock clock)
{
    // A vehicle that stands concludes nothing new: more than these never wait in earnest.
    private const int MostWaiting = 1000;

    private readonly MatchedTrail? _trail = kind == VehicleKind.Crewed || streets is null ? null : new MatchedTrail(streets);
    private readonly Queue<Conclusion> _waiting = [];
    private readonly Queue<Observation> _settled = [];
    private DateTimeOffset _newestFix;

    public void Take(Fix fix)
    {
        // A calendar that steps backwards: what waits has another time base, and would hold up all that follows.
        if (fix.FixTime <= _newestFix) Settle();
        _newestFix = fix.FixTime;
        _trail?.Take(fix);
    }

    public void Take(Conclusion conclusion)
    {
        if (_waiting.Count == MostWaiting) _waiting.Dequeue();
        _waiting.Enqueue(conclusion);
    }

    /// <summary>No more fixes come.</summary>
    public void End() => Settle();

    /// <summary>The next observation that may be reported, in the order of their conclusions.</summary>
    public bool TryTake([MaybeNullWhen(false)] out Observation observation)
    {
        if (_settled.TryDequeue(out observation)) return true;
        while (_waiting.TryPeek(out var next) && IsDecided(next))
        {
            _waiting.Dequeue();
            if (Observe(next) is not { } made) continue;
            observation = made;
            return true;
        }

        observation = null;
        return false;
    }

    private bool IsDecided(Conclusion conclusion) => _trail is null || _trail.DecidedUntil >= conclusion.Place.Time;

    private void Settle()
    {
        _trail?.Finish();
        while (_waiting.TryDequeue(out var conclusion))
        {
            if (Observe(conclusion) is { } observation) _settled.Enqueue(observation);
        }
    }

    private Observation? Observe(Conclusion conclusion)
    {
        var observation = new Observation
        {
            Stamp = clock.Stamp(conclusion.Place.Time, conclusion.DeviceTime, conclusion.MonotonicMs, conclusion.Place.Replay),
            Lamp = conclusion.Lamp,
            Shock = conclusion.Shock,
            Roughness = conclusion.Roughness,
        };
        if (kind == VehicleKind.Crewed) return observation;
        if (_trail?.At(conclusion.Place.Time) is not { } here) return null;
        return observation with
        {
            Lamp = observation.Lamp is { } lamp ? lamp with { Segment = here.Segment } : null,
            Shock = observation.Shock is { } shock ? shock with { Segment = here.Segment, At = here.At.Rounded() } : null,
            Roughness = observation.Roughness is { } stretch
                ? stretch with { Segment = here.Segment, From = On(stretch.From), To = On(stretch.To) }
                : null,
        };

        GeoPoint On(GeoPoint at) => (_trail.Nearest(at, conclusion.Place.Time)?.At ?? here.At).Rounded();
    }
}
