using System.Data.Common;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Automation;

/// <summary><c>GET /api/automation</c>: each sensor service in each district, its mode, what crews verified, and why it is locked.</summary>
public static class ReadAutomation
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/automation", async (Database database, ProposalGate gate, SensorAreas areas, TimeProvider time, CancellationToken cancel) =>
            TypedResults.Ok(await database.ReadAsync(c => View(c, gate, areas, time.GetUtcNow()), cancel).ConfigureAwait(false))).RequirePermission("requests.read")
                .WithSummary("Read which services sensors open by themselves, and how well");

    private static object View(DbConnection connection, ProposalGate gate, SensorAreas areas, DateTimeOffset now)
    {
        var options = gate.Options;
        var chosen = AutomationStore.All(connection).ToDictionary(a => (a.Service, a.District));
        var counts = ProposalStore.Counts(connection);
        var shadows = ProposalStore.Shadows(connection);
        var opened = AutomationStore.Opened(connection, gate.Day(now));
        var all = new List<(string Service, AreaView View, Precision Field)>();
        foreach (var (service, district, name) in areas.All())
        {
            var area = chosen.GetValueOrDefault((service, district));
            var standing = gate.StandingOf(connection, null, service, district);
            var why = standing.Lock(options);
            var (proposed, carried) = shadows.GetValueOrDefault((service, district));
            int Count(string state) => counts.GetValueOrDefault((service, district, state));
            all.Add((service, new AreaView
            {
                Service = service,
                District = district.Length == 0 ? AreaPath.NoDistrict : district,
                DistrictName = name,
                // One that was earned and is no more falls back with the next proposal or finding; it is shown as it will be then.
                Mode = area is null ? options.Mode : area.Mode == AutomationMode.Automatic && why is not null ? AutomationMode.Review : area.Mode,
                Locked = why,
                FellBackAt = area?.FellBackMs is { } fell ? DateTimeOffset.FromUnixTimeMilliseconds(fell) : null,
                ChangedAt = area is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(area.ChangedMs),
                ChangedBy = area?.ChangedBy,
                Cap = area?.Cap ?? options.DailyCap,
                OpenedToday = opened.GetValueOrDefault((service, district)),
                Precision = PrecisionView.Of(standing.Field),
                RejectedSince = standing.RejectedSince,
                Earned = Rounded(standing.Earned),
                Shadow = new ShadowView(proposed, carried),
                Reviews = new ReviewView(Count(Proposal.InReview), Count(Proposal.Held), Count(Proposal.Accepted), Count(Proposal.Automatic), Count(Proposal.Rejected)),
            }, standing.Field));
        }

        return new
        {
            options.Goal, options.Inspections, options.DailyCap, DefaultMode = options.Mode, ReviewReasons = ReviewReason.All,
            Services = all.GroupBy(a => a.Service)
                .Select(g => new { Service = g.Key, Precision = PrecisionView.Of(g.Aggregate(Precision.None, (sum, a) => sum + a.Field)) }),
            Areas = all.Select(a => a.View),
        };
    }

    private static double? Rounded(double? share) => share is { } value ? Math.Round(value, 4) : null;

    public sealed record AreaView
    {
        public required string Service { get; init; }

        /// <summary>District id; <c>-</c> for what lies in none.</summary>
        public required string District { get; init; }

        public required string? DistrictName { get; init; }

        public required AutomationMode Mode { get; init; }

        /// <summary>Why automatic is not to be had; null when it is.</summary>
        public required string? Locked { get; init; }

        public required DateTimeOffset? FellBackAt { get; init; }

        public required DateTimeOffset? ChangedAt { get; init; }

        public required string? ChangedBy { get; init; }

        /// <summary>Requests that automatic may open a day.</summary>
        public required int Cap { get; init; }

        public required int OpenedToday { get; init; }

        public required PrecisionView Precision { get; init; }

        public required int RejectedSince { get; init; }

        public required double? Earned { get; init; }

        public required ShadowView Shadow { get; init; }

        public required ReviewView Reviews { get; init; }
    }

    /// <summary>What crews found: counts, share, and its 95 % interval.</summary>
    public sealed record PrecisionView(int Inspections, int Confirmed, int NotFound, int OtherDefect, int OtherOwner, double? Share, double? Low, double? High)
    {
        public static PrecisionView Of(Precision p) => new(
            p.Inspections, p.Confirmed, p.NotFound, p.OtherDefect, p.OtherOwner, Rounded(p.Share), Rounded(p.Interval?.Low), Rounded(p.Interval?.High));
    }

    /// <summary>Sites that would have been requests, and those of them that the evidence still carries.</summary>
    public sealed record ShadowView(int Proposed, int Standing);

    /// <summary>Requests by what was decided.</summary>
    public sealed record ReviewView(int InReview, int Held, int Accepted, int Automatic, int Rejected);
}
