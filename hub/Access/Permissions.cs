namespace ThreeOneOne.Field.Hub.Access;

/// <summary>Everything that a role can be allowed. Which role is allowed what is data: table <c>role_permissions</c>.</summary>
public static class Permissions
{
    /// <summary>Whoever may do these may hand out access.</summary>
    public const string PeopleWrite = "people.write";
    public const string KeysWrite = "keys.write";
    public const string AuditRead = "audit.read";
    public const string MapRead = "map.read";

    public static readonly IReadOnlySet<string> All = new HashSet<string>(StringComparer.Ordinal)
    {
        "requests.read", "requests.write", "requests.merge", "requests.review", "automation.write", "catalogue.read",
        "orders.read", "orders.write", "orders.review", "orders.own", "attachments.original", "costs.read", "events.write",
        "vehicles.read", "vehicles.write", "vehicles.enrol", "commands.write", "profiles.read", "profiles.roll-out",
        "vehicles.logs", "vehicles.capture", "vehicles.restart", "vehicles.wipe",
        "crews.read", "crews.write", "desks.read", "desks.write",
        "open311.write", "open311.update", "reporters.read", "city.read", "city.write", "webhooks.write", "vehicles.history",
        "ingest.read", "metrics.read", "imports.read", "imports.write", "live.read", MapRead, AuditRead, PeopleWrite, KeysWrite,
    };
}
