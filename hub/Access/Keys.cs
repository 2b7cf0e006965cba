using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>GET, POST /api/keys and DELETE /api/keys/{id}.</summary>
internal static class Keys
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/keys", ListAsync).RequirePermission(Permissions.KeysWrite).WithSummary("List API keys");
        routes.MapPost("/api/keys", CreateAsync).RequirePermission(Permissions.KeysWrite).WithSummary("Make an API key, shown once");
        routes.MapDelete("/api/keys/{id}", RevokeAsync).RequirePermission(Permissions.KeysWrite).WithSummary("Revoke an API key");
    }

    private static async Task<IResult> ListAsync(Database database, CancellationToken cancel)
    {
        var keys = await database.ReadAsync(KeyStore.All, cancel).ConfigureAwait(false);
        return Results.Ok(new
        {
            Items = keys.Select(k => new
            {
                k.Id,
                k.Name,
                k.Role,
                k.CreatedBy,
                CreatedAt = Instant.From(k.CreatedMs),
                ExpiresAt = Instant.From(k.ExpiresMs),
                UsedAt = Instant.From(k.UsedMs),
                RevokedAt = Instant.From(k.RevokedMs),
            }),
        });
    }

    private static async Task<IResult> CreateAsync(Request request, HttpContext context, Database database, CancellationToken cancel)
    {
        var made = await database.WriteAsync(
            scope => Grants.Exceed(scope.Connection, context.ActorIdentity()!, request.Role)
                ? new CreateKey.Outcome("role", Grants.Fault)
                : CreateKey.Do(scope, context.Actor(), request.Name, request.Role, request.Days),
            WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (made.Fault is not null) return Results.ValidationProblem(new Dictionary<string, string[]> { [made.Field!] = [made.Fault] });
        return Results.Created($"/api/keys/{made.Key.Id}", new { made.Key.Id, Key = made.Text, ExpiresAt = Instant.From(made.Key.ExpiresMs) });
    }

    private static async Task<IResult> RevokeAsync(string id, HttpContext context, Database database, CancellationToken cancel) =>
        await database.WriteAsync(scope => RevokeKey(scope, context.Actor(), id), WritePriority.Interactive, cancel).ConfigureAwait(false)
            ? Results.NoContent()
            : Results.Problem($"no key '{id}' could be revoked: GET /api/keys lists those there are", statusCode: StatusCodes.Status404NotFound);

    internal static bool RevokeKey(WriteScope scope, Actor actor, string id)
    {
        if (!KeyStore.Revoke(scope, id)) return false;
        Audit.Write(scope, actor, "key.revoke", id);
        return true;
    }

    internal sealed record Request(string? Name = null, string? Role = null, int? Days = null);
}
