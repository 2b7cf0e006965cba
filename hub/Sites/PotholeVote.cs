using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>What one observation says about a pothole, in log-odds that it is there, before anything else is known of the place.</summary>
internal static class PotholeVote
{
    // However weak, it was felt: it does not speak against the hole.
    private const double LeastFor = 0.05;

    // And however hard, it is one pass: a loose sensor shakes hardest of all.
    private const double MostFor = 5;

    // Slower than the road is assessed at.
    private const double LeastMps = 4;

    public static double Of(Observation observation, PotholePlace place, KnownStructures known, SitesOptions options) => observation.Kind switch
    {
        ObservationKind.Shock => Shock(observation, place, known, options),
        ObservationKind.Roughness when place.IsSameWay(observation) => -Missed(observation, options),
        _ => 0,
    };

    /// <summary>How much rather a structure than a pothole a shock was, log-odds; above 0 for a structure.</summary>
    public static double Structure(Observation shock, PotholePlace place)
    {
        if (shock.Kind != ObservationKind.Shock) return 0;
        var odds = shock.Chances?.StructureOdds ?? (ShockKind)shock.Verdict switch
        {
            ShockKind.Pothole => -Odds.OfConfidence(shock.Confidence),
            ShockKind.Hump or ShockKind.Casting or ShockKind.Joint => Odds.OfConfidence(shock.Confidence),
            _ => 0,
        };
        return odds > 0 && !place.IsSameWay(shock) ? 0 : odds * place.Nearness(shock);
    }

    private static double Shock(Observation shock, PotholePlace place, KnownStructures known, SitesOptions options)
    {
        var (castings, humps) = known.Common(options);
        var odds = shock.Chances?.PotholeOdds(castings, humps) ?? (ShockKind)shock.Verdict switch
        {
            ShockKind.Pothole => Odds.OfConfidence(shock.Confidence),
            ShockKind.Unknown => Odds.OfConfidence(shock.Confidence) * options.UnknownShockShare,
            ShockKind.RoughRoad => 0,
            _ => -Odds.OfConfidence(shock.Confidence),
        };
        if (odds > 0) return Math.Clamp(odds + Strength(shock, options), LeastFor, MostFor);
        if (odds == 0) return 0;
        // What was felt beside a hole says little of the hole.
        return place.IsSameWay(shock) ? odds * options.OtherKindShare * place.Nearness(shock) : 0;
    }

    // At equal chances holes shake harder than what is taken for one.
    private static double Strength(Observation shock, SitesOptions options) => shock is { Chances: not null, SpeedMps: { } speed, Severity: > 0 }
        ? options.StrengthWeight * Math.Log(shock.Severity / Math.Sqrt(Math.Max(LeastMps, speed)) / options.UsualStrength)
        : 0;

    // A slow wheel falls less deep, and a receiver that wanders may have been beside.
    private static double Missed(Observation stretch, SitesOptions options)
    {
        var weight = options.SmoothPassWeight * (stretch.Verdict == 0 ? 1 : options.ShockedStretchShare);
        if (stretch.SpeedMps is { } speed && speed < options.TellingMps) weight *= speed / options.TellingMps * (speed / options.TellingMps);
        if (stretch.Hdop is { } hdop && hdop > options.TellingHdop) weight *= options.TellingHdop / hdop;
        return weight;
    }
}
