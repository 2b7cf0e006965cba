using ThreeOneOne.Field.Hub.Catalogue;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// Decides whether a report repeats a request: by asset, street segment, distance and the error of both places, addresses and
/// text. Pure. Across services and departments only a person decides; and a place at which a geocoder gave up says nothing.
/// </summary>
public static class DuplicateRule
{
    public static DuplicateVerdict Compare(Ticket report, Ticket other, Service service, TicketsOptions options)
    {
        var reasons = new List<string>();
        var doubtful = report.PlaceDoubtful || other.PlaceDoubtful;
        double? distance = doubtful ? null : Math.Round(report.ComparedAt.DistanceMTo(other.ComparedAt), 1);
        var reach = ReachM(report, other, service, options);
        var near = distance <= reach;
        if (doubtful) reasons.Add("where they are says nothing: too many reports name exactly that place");
        else reasons.Add(FormattableString.Invariant($"{distance:0} m apart, {(near ? "within" : "beyond")} the {reach:0} m that its kind and the errors of both places allow"));

        var samePole = report.Pole is not null && report.Pole == other.Pole;
        var otherPole = report.Pole is not null && other.Pole is not null && report.Pole != other.Pole;
        if (samePole) reasons.Add($"both are about pole {report.Pole}{(report.PoleNamed && other.PoleNamed ? "" : ", by the nearest one")}");
        if (otherPole) reasons.Add($"about poles {report.Pole} and {other.Pole}");

        var address = TextLikeness.SameAddress(report.ReportedAddress, other.ReportedAddress);
        if (address == true) reasons.Add($"both were reported at {report.ReportedAddress}");
        if (address == false) reasons.Add($"reported at {report.ReportedAddress} and at {other.ReportedAddress}");

        var street = !doubtful && report.Segment is not null && report.Segment == other.Segment;
        if (street) reasons.Add("on the same stretch of street");

        var likeness = TextLikeness.Of(report.Description, other.Description);
        if (likeness is { } alike) reasons.Add(FormattableString.Invariant($"the descriptions are {alike * 100:0} % alike"));

        var crossing = report.Service != other.Service || report.Department != other.Department;
        if (report.Service != other.Service) reasons.Add($"of another service: {other.Title}");
        else if (report.Department != other.Department) reasons.Add($"of another department: {other.Department}");

        var (same, byPlace) = Same();
        if (same && !crossing) return new DuplicateVerdict(Sameness.Same, byPlace, distance, reasons);
        var maybe = same || samePole || address == true || distance <= options.CandidateM;
        return new DuplicateVerdict(maybe ? Sameness.Maybe : Sameness.None, byPlace, distance, reasons);

        (bool Same, bool ByPlace) Same()
        {
            if (samePole && report.PoleNamed && other.PoleNamed) return (true, false);
            if (otherPole || address == false) return (false, false);
            if (samePole) return (!doubtful && near, true);
            // Of assets that stand side by side, an address or a place names none.
            if (service.Asset is not null && (report.Pole is not null || other.Pole is not null || address == true)) return (false, false);
            if (address == true && (doubtful || near)) return (true, false);
            return (near && (street || likeness >= options.LikeText), true);
        }
    }

    /// <summary>How far apart two reports of one defect may lie: its kind and the errors of both places, added as independent errors are.</summary>
    public static double ReachM(Ticket report, Ticket other, Service service, TicketsOptions options)
    {
        var (a, b) = (ErrorM(report, options), ErrorM(other, options));
        return Math.Sqrt(service.RadiusM * service.RadiusM + a * a + b * b);
    }

    /// <summary>The farthest that any other report of this service may lie.</summary>
    public static double FarthestM(Service service, TicketsOptions options) =>
        Math.Sqrt(service.RadiusM * service.RadiusM + 2 * options.MostErrorM * options.MostErrorM);

    private static double ErrorM(Ticket ticket, TicketsOptions options) =>
        Math.Min(options.MostErrorM, ticket.AccuracyM ?? (ticket.Source is "sensor" or "crew" ? options.VehicleErrorM : options.PersonErrorM));
}
