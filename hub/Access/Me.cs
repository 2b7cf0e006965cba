namespace ThreeOneOne.Field.Hub.Access;

/// <summary>GET /api/me: who is signed in and what they may do, so that a page shows only what works.</summary>
internal static class Me
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/me", (HttpContext context) =>
    {
        var identity = context.ActorIdentity()!;
        return Results.Ok(new
        {
            identity.Actor.Kind,
            identity.Actor.Id,
            identity.Actor.Name,
            identity.Actor.Role,
            identity.NeedsSecondFactor,
            Permissions = identity.Permissions.Order(StringComparer.Ordinal),
        });
    }).RequireAuthorization().WithSummary("Read who is signed in and what they may do");
}
