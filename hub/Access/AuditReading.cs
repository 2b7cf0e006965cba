using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>GET /api/audit: newest first, by pages. GET /api/audit/check: whether the chain is whole.</summary>
internal static class AuditReading
{
    private const int MostAPage = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/audit", ListAsync).RequirePermission(Permissions.AuditRead).WithSummary("List who did what");
        routes.MapGet("/api/audit/check", CheckAsync).RequirePermission(Permissions.AuditRead).WithSummary("Check that the audit log is whole");
    }

    private static async Task<IResult> ListAsync(Database database, long? cursor, int? limit, CancellationToken cancel)
    {
        var most = Math.Clamp(limit ?? 100, 1, MostAPage);
        var entries = await database.ReadAsync(c => Audit.Read(c, cursor ?? long.MaxValue, most), cancel).ConfigureAwait(false);
        return Results.Ok(new
        {
            Items = entries.Select(e => new
            {
                e.Id,
                At = Instant.From(e.AtMs),
                Actor = new { Kind = e.ActorKind, Id = e.ActorId, Name = e.ActorName, e.Role },
                e.Action,
                e.Subject,
                e.Detail,
            }),
            Next = entries.Count == most && entries[^1].Id > 1 ? entries[^1].Id : (long?)null,
        });
    }

    private static async Task<IResult> CheckAsync(Database database, CancellationToken cancel)
    {
        var broken = await database.ReadAsync(Audit.Verify, cancel).ConfigureAwait(false);
        return Results.Ok(new { Whole = broken is null, BrokenAt = broken });
    }
}
