namespace ThreeOneOne.Field.Hub.Access;

/// <summary>One line of the audit log.</summary>
public sealed record AuditEntry
{
    public long Id { get; init; }

    public long AtMs { get; init; }

    public string ActorKind { get; init; } = "";

    public string ActorId { get; init; } = "";

    public string ActorName { get; init; } = "";

    public string Role { get; init; } = "";

    public string Action { get; init; } = "";

    public string Subject { get; init; } = "";

    public string Detail { get; init; } = "";

    public string Hash { get; init; } = "";
}
