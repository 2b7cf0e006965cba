using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Fleet;

/// <summary>A vehicle as city IT looks at it. No place and no name of a person.</summary>
/// <param name="Id">Vehicle id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="State"><c>online</c>, <c>silent</c>, or <c>never</c> heard.</param>
/// <param name="LastSeen">When anything was last heard of it.</param>
/// <param name="OnShift">True while a shift is open on it.</param>
/// <param name="AgentVersion">Of its program.</param>
/// <param name="Unsent">Records that it holds.</param>
/// <param name="UnsentActions">Crew actions among them.</param>
/// <param name="UnsentFileBytes">Photos and other files that it holds.</param>
/// <param name="OldestUnsent">Time of the oldest.</param>
/// <param name="OfflineDays">Whole days that it can go on without the hub; null when it did not say.</param>
/// <param name="CertificateEnds">End of its last good certificate; null without one.</param>
/// <param name="HealthAt">When it said what follows, by its clock.</param>
/// <param name="Clock">Where its clock had its time from then.</param>
/// <param name="Health">What it said of its computer and its sources.</param>
/// <param name="Attention">Why somebody should look, in plain words; empty when nobody need.</param>
public sealed record FleetUnit(
    string Id, string Name, string State, DateTimeOffset? LastSeen, bool OnShift, string? AgentVersion, int Unsent, int UnsentActions, long UnsentFileBytes,
    DateTimeOffset? OldestUnsent, int? OfflineDays, DateTimeOffset? CertificateEnds, DateTimeOffset? HealthAt, string? Clock, VehicleHealth? Health,
    IReadOnlyList<FleetReason> Attention)
{
    public const string Online = "online";
    public const string Silent = "silent";
    public const string Never = "never";
}
