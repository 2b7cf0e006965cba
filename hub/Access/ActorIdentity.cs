using System.Security.Claims;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>The identity that <see cref="CredentialHandler"/> puts on a request.</summary>
internal sealed class ActorIdentity(Actor actor, IReadOnlySet<string> permissions, Credential credential)
    : ClaimsIdentity([new Claim(ClaimTypes.Name, actor.Name)], CredentialHandler.Scheme)
{
    public new Actor Actor { get; } = actor;

    public IReadOnlySet<string> Permissions { get; } = permissions;

    public Credential Credential { get; } = credential;

    /// <summary>True while the role must have a second factor and the person has none: then there are no permissions.</summary>
    public bool NeedsSecondFactor { get; init; }
}
