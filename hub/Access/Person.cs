namespace ThreeOneOne.Field.Hub.Access;

/// <summary>Somebody with an account.</summary>
public sealed record Person
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string Role { get; init; } = "";

    /// <summary>Hash by <see cref="Passwords"/>; null until the person has chosen one.</summary>
    internal string? Password { get; init; }

    public long CreatedMs { get; init; }

    public long? SignedInMs { get; init; }

    public long? DisabledMs { get; init; }

    internal Actor AsActor() => new(ActorKind.Person, Id, Name, Role);
}
