using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.WorkOrders;

namespace ThreeOneOne.Field.Hub.Desks;

/// <summary>
/// <c>POST /api/desks/{desk}/take-over</c>: says that one takes a desk over, with what the one before told. <c>POST
/// /api/desks/{desk}/notes</c>: leaves a note. Both once per client id; nothing is changed or deleted afterwards.
/// </summary>
public static class KeepDesk
{
    private const int MaxName = 64;
    private const int MaxText = 4_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/desks/{desk}/take-over", (string desk, Body body, Database database, TimeProvider time, HttpContext context, CancellationToken cancel) =>
            EnterAsync(desk, body, DeskEntry.TakeOver, database, time, context, cancel)).RequirePermission("desks.write").WithSummary("Take a desk over");
        routes.MapPost("/api/desks/{desk}/notes", (string desk, Body body, Database database, TimeProvider time, HttpContext context, CancellationToken cancel) =>
            EnterAsync(desk, body, DeskEntry.Note, database, time, context, cancel)).RequirePermission("desks.write").WithSummary("Leave a note at a desk");
    }

    private static async Task<Results<Created<DeskEntry>, ValidationProblem>> EnterAsync(
        string desk, Body body, string kind, Database database, TimeProvider time, HttpContext context, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        var name = desk.Trim();
        // One takes over also when the one before left no word; a note without words is none.
        var text = (kind == DeskEntry.Note ? body.Text : body.Notes)?.Trim() ?? "";
        if (name.Length is 0 or > MaxName || name.Any(char.IsControl)) errors["desk"] = [$"a name of 1 to {MaxName} characters"];
        if (body.ClientId is not { Length: > 0 and <= MaxName }) errors["clientId"] = [$"1 to {MaxName} characters, made by the one who asks: the same again is the same entry"];
        if (text.Length > MaxText || (kind == DeskEntry.Note && text.Length == 0)) errors[kind == DeskEntry.Note ? "text" : "notes"] = [$"1 to {MaxText} characters"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var actor = context.Actor();
        var counts = await database.ReadAsync(c =>
        {
            var requests = TicketReading.LiveCounts(c, time.GetUtcNow());
            return new DeskCounts(requests.Open, requests.Overdue, OrderReading.CountWaiting(c), CrewAlertStore.Calls(c).Count);
        }, cancel).ConfigureAwait(false);
        var entry = await database.WriteAsync(scope =>
        {
            if (DeskStore.Known(scope, actor.Id, body.ClientId!) is { } known) return known;
            var from = kind == DeskEntry.TakeOver ? DeskStore.Holder(scope, name) : null;
            Audit.Write(scope, actor, kind == DeskEntry.TakeOver ? "desk.take-over" : "desk.note", name, from ?? "");
            return DeskStore.Add(scope, name, kind, actor.Name, actor.Id, from, text, counts, body.ClientId!);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return TypedResults.Created($"/api/desks/{Uri.EscapeDataString(name)}/log", entry);
    }

    /// <summary>Notes at a take-over, text of a note.</summary>
    public sealed record Body(string? ClientId = null, string? Notes = null, string? Text = null);
}
