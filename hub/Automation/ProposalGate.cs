using System.Data.Common;
using System.Globalization;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Automation;

/// <summary>
/// Says what becomes of each proposal of sensors: by what was chosen for its service and district, by what crews have
/// verified there, and by how many the day has had. Automatic ends here by itself as soon as it is no longer earned.
/// </summary>
public sealed class ProposalGate(AutomationOptions options, HubOptions hub)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);

    public AutomationOptions Options => options;

    /// <param name="scope">The transaction that would open the request.</param>
    /// <param name="service">Service code.</param>
    /// <param name="district">District id; empty for none.</param>
    /// <param name="followsUp">It puts a repair in doubt: a person looks at it, whatever the service has earned.</param>
    public Decision Decide(WriteScope scope, string service, string district, bool followsUp = false)
    {
        switch (ModeOf(scope, service, district))
        {
            case AutomationMode.Shadow: return Decision.Shadow;
            case var mode when mode == AutomationMode.Review || followsUp: return followsUp && options.FollowUpsAtOnce ? Decision.Automatic : Decision.Review;
            default: return Take(scope, service, district) ? Decision.Automatic : Decision.Capped;
        }
    }

    /// <summary>Takes one of the day's share, such as for a request that was held.</summary>
    public bool Take(WriteScope scope, string service, string district) =>
        AutomationStore.TakeShare(scope, service, district, Day(scope.Now), AutomationStore.Find(scope.Connection, scope.Transaction, service, district)?.Cap ?? options.DailyCap);

    /// <summary>The mode as it is now; an automatic one that is no longer earned falls back first.</summary>
    public AutomationMode ModeOf(WriteScope scope, string service, string district)
    {
        if (AutomationStore.Find(scope.Connection, scope.Transaction, service, district) is not { } area) return options.Mode;
        if (area.Mode != AutomationMode.Automatic || StandingOf(scope.Connection, scope.Transaction, service, district).Lock(options) is not { } why) return area.Mode;
        AutomationStore.Save(scope, area with
        {
            Mode = AutomationMode.Review, FellBackMs = scope.Now.ToUnixTimeMilliseconds(), ChangedMs = scope.Now.ToUnixTimeMilliseconds(), ChangedBy = Actor.Hub.Name,
        });
        Audit.Write(scope, Actor.Hub, "automation.fall-back", Subject(service, district), why);
        return AutomationMode.Review;
    }

    public Standing StandingOf(DbConnection connection, DbTransaction? transaction, string service, string district)
    {
        var (precision, since) = AutomationStore.Newest(connection, transaction, service, district, options.Inspections);
        return new Standing(precision, ProposalStore.Rejected(connection, transaction, service, district, ReviewReason.NoDefect, since));
    }

    /// <summary>The day by the city's clock, yyyymmdd.</summary>
    public int Day(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone);
        return (local.Year * 100 + local.Month) * 100 + local.Day;
    }

    public static string Subject(string service, string district) =>
        string.Create(CultureInfo.InvariantCulture, $"{service}/{(district.Length == 0 ? AreaPath.NoDistrict : district)}");
}
