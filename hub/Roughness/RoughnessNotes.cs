using System.Globalization;

namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>Why estimates of roughness are missing, or only a rank: each with its cause and what to do.</summary>
internal static class RoughnessNotes
{
    public static IReadOnlyList<RoughnessNote> Of(
        IReadOnlyList<PieceEstimate> pieces, IReadOnlyList<VehicleCalibration> vehicles, RoughnessOptions options, ProfiledRoads profiled)
    {
        if (pieces.Count == 0)
        {
            return [new RoughnessNote(
                "nothing_calibrated", $"no street has an estimate: none was driven in the last {options.Months} months, or the first calibration since is still to come",
                $"let vehicles with an accelerometer drive; see what they tell of the road at /api/fleet/health (road), and look again within {options.Every.TotalHours.ToString("0.#", CultureInfo.InvariantCulture)} h (Roughness:Every)")];
        }

        List<RoughnessNote> notes = [];
        var alone = vehicles.Where(v => v.Scale == RoughnessScale.None).Select(v => v.Vehicle).Distinct(StringComparer.Ordinal).ToList();
        if (alone.Count > 0)
        {
            notes.Add(new RoughnessNote(
                "vehicles_not_calibrated", $"{alone.Count} vehicles share fewer than {options.LeastShared} pieces with others in a month, and streets that only they drove have no rank",
                "let them drive some streets of other vehicles; which vehicles, and how many pieces each shares: /api/roughness/vehicles"));
        }

        if (pieces.Any(p => p.Scale == RoughnessScale.Fleet))
        {
            notes.Add(profiled.Pieces.Count == 0
                ? new RoughnessNote(
                    "no_profiler", "no street was measured by a profiler, so estimates tell which streets are rougher, not by how many m/km",
                    "have a street of 400 m or more measured that several vehicles drive, and name its pieces in Roughness:ProfiledFile")
                : new RoughnessNote(
                    "profiler_not_connected", "some streets hang together with no street that a profiler measured: no vehicle drives both",
                    "let a vehicle of theirs drive the measured streets, or have one of theirs measured (Roughness:ProfiledFile)"));
        }

        return notes;
    }
}
