namespace ThreeOneOne.Field.Hub.Access;

/// <summary>What other capabilities say and ask about access.</summary>
public static class AccessEndpoints
{
    /// <summary>Lets only those use the endpoint whose role has <paramref name="permission"/>.</summary>
    /// <exception cref="ArgumentException">No such permission: a typing error would otherwise lock everybody out.</exception>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, string permission)
        where TBuilder : IEndpointConventionBuilder
    {
        if (!Permissions.All.Contains(permission)) throw new ArgumentException($"no such permission: {permission}", nameof(permission));
        return builder.WithMetadata(new RequirePermissionAttribute(permission));
    }

    /// <summary>Who makes this request; <see cref="Actor.Nobody"/> on the anonymous routes.</summary>
    public static Actor Actor(this HttpContext context) => context.ActorIdentity()?.Actor ?? Access.Actor.Nobody;

    /// <summary>For what an address gives only to some of those who may ask it.</summary>
    public static bool May(this HttpContext context, string permission) => context.ActorIdentity()?.Permissions.Contains(permission) ?? false;

    internal static ActorIdentity? ActorIdentity(this HttpContext context) => context.User.Identity as ActorIdentity;
}
