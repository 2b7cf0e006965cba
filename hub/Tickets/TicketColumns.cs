namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>The columns of <c>requests</c> in the words of SQL, from one list.</summary>
internal static class TicketColumns
{
    // Column, member of TicketRow, whether it may change.
    private static readonly (string Column, string Member, bool Changes)[] All =
    [
        ("number", nameof(TicketRow.Number), false), ("jurisdiction", nameof(TicketRow.Jurisdiction), false),
        ("service", nameof(TicketRow.Service), true), ("title", nameof(TicketRow.Title), true),
        ("status", nameof(TicketRow.Status), true), ("stage", nameof(TicketRow.Stage), true),
        ("address", nameof(TicketRow.Address), true), ("segment", nameof(TicketRow.Segment), true),
        ("lat", nameof(TicketRow.Lat), true), ("lon", nameof(TicketRow.Lon), true), ("cell", nameof(TicketRow.Cell), true),
        ("priority", nameof(TicketRow.Priority), true), ("source", nameof(TicketRow.Source), false),
        ("opened_ms", nameof(TicketRow.OpenedMs), false), ("target_ms", nameof(TicketRow.TargetMs), true),
        ("updated_ms", nameof(TicketRow.UpdatedMs), true), ("sampled_ms", nameof(TicketRow.SampledMs), true),
        ("site", nameof(TicketRow.Site), true), ("pole", nameof(TicketRow.Pole), true), ("description", nameof(TicketRow.Description), true),
        ("order_number", nameof(TicketRow.OrderNumber), true), ("crew_name", nameof(TicketRow.CrewName), true),
        ("evidence_for", nameof(TicketRow.EvidenceFor), true), ("evidence_against", nameof(TicketRow.EvidenceAgainst), true),
        ("evidence_last_ms", nameof(TicketRow.EvidenceLastMs), true), ("before_day", nameof(TicketRow.BeforeDay), true),
        ("before_for", nameof(TicketRow.BeforeFor), true), ("before_against", nameof(TicketRow.BeforeAgainst), true),
        ("before_last_ms", nameof(TicketRow.BeforeLastMs), true), ("seen_change_ms", nameof(TicketRow.SeenChangeMs), true),
        ("version", nameof(TicketRow.Version), false),
        ("department", nameof(TicketRow.Department), true), ("district", nameof(TicketRow.District), true),
        ("parent", nameof(TicketRow.Parent), true), ("reports", nameof(TicketRow.Reports), true),
        ("resolution", nameof(TicketRow.Resolution), true), ("wait_reason", nameof(TicketRow.WaitReason), true),
        ("responsible", nameof(TicketRow.Responsible), true), ("accepted", nameof(TicketRow.Accepted), true),
        ("public_ms", nameof(TicketRow.PublicMs), true), ("closed_ms", nameof(TicketRow.ClosedMs), true),
        ("attributes", nameof(TicketRow.Attributes), true), ("reported_address", nameof(TicketRow.ReportedAddress), true),
        ("accuracy_m", nameof(TicketRow.AccuracyM), true), ("point_lat", nameof(TicketRow.PointLat), true),
        ("point_lon", nameof(TicketRow.PointLon), true), ("pole_named", nameof(TicketRow.PoleNamed), true),
        ("place_doubtful", nameof(TicketRow.PlaceDoubtful), true),
        ("priority_set", nameof(TicketRow.PrioritySet), true), ("clock_from_ms", nameof(TicketRow.ClockFromMs), true),
        ("clock_used_ms", nameof(TicketRow.ClockUsedMs), true), ("escalated", nameof(TicketRow.Escalated), true),
        ("alert_ms", nameof(TicketRow.AlertMs), true), ("suspended", nameof(TicketRow.Suspended), true),
        ("seek", nameof(TicketRow.Seek), false), ("words", nameof(TicketRow.Words), true),
    ];

    /// <summary>Of the table under the name <c>r</c>, without what is only searched by.</summary>
    public static string Select { get; } = string.Join(", ", All.Where(c => c.Column is not ("seek" or "words")).Select(c => $"r.{c.Column} AS {c.Member}"));

    public static string Names { get; } = string.Join(", ", All.Select(c => c.Column));

    public static string Parameters { get; } = string.Join(", ", All.Select(c => "@" + c.Member));

    public static string Updates { get; } = string.Join(", ", All.Where(c => c.Changes).Select(c => $"{c.Column}=excluded.{c.Column}"));
}
