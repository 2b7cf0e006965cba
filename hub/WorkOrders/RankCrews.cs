using System.Globalization;
using ThreeOneOne.Field.Hub.Crews;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// Ranks crews for a job, as a pure function. Who cannot stands last: another's work, no skill, no equipment, off shift, shift
/// over. Of the others, in this order: equipment that is known to be there, own district, working before on break, enough hours
/// left, load in thirds of what a crew should have, the way there, then the load itself.
/// </summary>
public static class RankCrews
{
    public static IReadOnlyList<Candidate> Of(SoughtJob job, IEnumerable<CrewNow> crews) =>
        [.. crews.Select(c => (Candidate: Judge(job, c), Now: c))
            .OrderByDescending(c => c.Candidate.Can)
            .ThenByDescending(c => Reason(c.Candidate, "equipment").Known)
            .ThenByDescending(c => Reason(c.Candidate, "area").Ok)
            .ThenByDescending(c => Reason(c.Candidate, "shift").Ok)
            .ThenByDescending(c => Reason(c.Candidate, "hours").Ok)
            .ThenBy(c => Third(c.Now))
            .ThenBy(c => c.Now.TravelSeconds ?? double.MaxValue)
            .ThenBy(c => c.Now.Load)
            .ThenBy(c => c.Candidate.Crew, StringComparer.Ordinal)
            .Select(c => c.Candidate)];

    private static Candidate Judge(SoughtJob job, CrewNow now)
    {
        var (crew, service) = (now.Crew, job.Service);
        var (skills, equipment) = (CrewFit.MissingSkills(crew, service), CrewFit.MissingEquipment(crew, service));
        var own = crew.Contractor == job.Party;
        var hours = now.HoursLeft is not { } left || left >= job.Hours + ((now.TravelSeconds ?? 0) / 3_600);
        CandidateReason[] reasons =
        [
            new("contractor", own, true, job.Party is null ? [] : [job.Party]),
            new("skills", skills.Count == 0, crew.Skills.Count > 0, skills.Count > 0 ? skills : service.Skills),
            new("equipment", equipment.Count == 0, crew.Equipment is not null || service.Equipment.Count == 0, equipment.Count > 0 ? equipment : service.Equipment),
            new("area", job.District is null || crew.Districts.Count == 0 || crew.Districts.Contains(job.District), job.District is not null, job.District is null ? [] : [job.District]),
            new("shift", now.Shift is "on" or "callOut", true, [now.Shift]),
            new("hours", hours, now.HoursLeft is not null, now.HoursLeft is { } h ? [Text(Math.Round(h, 1))] : []),
            new("load", now.Load < now.Capacity, true, [Text(now.Load), Text(now.Capacity)]),
            new("travel", now.TravelSeconds is not null, now.TravelSeconds is not null, Minutes(now) is { } m ? [Text(m), now.TravelBy] : []),
        ];
        var can = own && skills.Count == 0 && equipment.Count == 0 && now.Shift != Shift.Off && now.HoursLeft is not <= 0;
        return new Candidate(
            crew.Id, crew.Name, can, now.Shift, now.Load, now.Capacity, now.HoursLeft is { } rounded ? Math.Round(rounded, 1) : null, Minutes(now), now.TravelBy, reasons);
    }

    private static CandidateReason Reason(Candidate candidate, string code) => candidate.Reasons.First(r => r.Code == code);

    private static long Third(CrewNow now) => Math.Min(3, now.Load * 3 / Math.Max(1, now.Capacity));

    private static int? Minutes(CrewNow now) => now.TravelSeconds is { } seconds ? (int)Math.Ceiling(seconds / 60) : null;

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
