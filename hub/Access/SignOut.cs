using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>DELETE /api/session: ends the session on the hub, not only in the browser.</summary>
internal static class SignOut
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/api/session", HandleAsync).RequireAuthorization()
        .WithSummary("Sign out");

    private static async Task<IResult> HandleAsync(HttpContext context, Database database, CancellationToken cancel)
    {
        var identity = context.ActorIdentity()!;
        if (identity.Credential.Kind == ActorKind.Person)
        {
            await database.WriteAsync(scope =>
            {
                SessionStore.End(scope, identity.Credential.Handle);
                Audit.Write(scope, identity.Actor, "session.close", identity.Actor.Id);
            }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        }

        SessionCookie.Clear(context);
        return Results.NoContent();
    }
}
