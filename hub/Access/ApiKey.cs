namespace ThreeOneOne.Field.Hub.Access;

/// <summary>A program's key; its secret is shown once, when it is made.</summary>
public sealed record ApiKey
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string Role { get; init; } = "";

    internal string SecretHash { get; init; } = "";

    public long CreatedMs { get; init; }

    public string CreatedBy { get; init; } = "";

    public long? ExpiresMs { get; init; }

    public long? UsedMs { get; init; }

    public long? RevokedMs { get; init; }

    internal bool IsGood(DateTimeOffset now) => RevokedMs is null && (ExpiresMs is null || ExpiresMs > now.ToUnixTimeMilliseconds());

    internal Actor AsActor() => new(ActorKind.Key, Id, Name, Role);
}
