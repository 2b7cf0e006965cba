using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Automation;

/// <summary><c>PUT /api/automation/{service}/{district}</c>: chooses a mode and a daily cap; automatic is refused while it isn't earned.</summary>
public static class SetMode
{
    private const int MostCap = 10_000;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/api/automation/{service}/{district}", HandleAsync).RequirePermission("automation.write")
        .WithSummary("Set how far a service may open by itself in a district");

    private static async Task<Results<Ok<Answer>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        string service, string district, Body body, Database database, ProposalGate gate, SensorAreas areas, HttpContext context, CancellationToken cancel)
    {
        var id = AreaPath.District(district);
        if (!areas.All().Any(a => a.Service == service && a.District == id))
        {
            return TypedResults.Problem(
                $"no sensor service '{service}' in a district '{district}': GET /api/automation lists those there are", statusCode: StatusCodes.Status404NotFound);
        }

        if (body.Cap is < 1 or > MostCap) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["cap"] = [$"1 to {MostCap}, or none for the setting"] });
        if (body.Mode is null && body.Cap is null) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["mode"] = ["shadow, review or automatic"] });
        var actor = context.Actor();
        var (answer, locked) = await database.WriteAsync<(Answer?, string?)>(scope =>
        {
            var before = AutomationStore.Find(scope.Connection, scope.Transaction, service, id);
            var mode = body.Mode ?? before?.Mode ?? gate.Options.Mode;
            if (mode == AutomationMode.Automatic && gate.StandingOf(scope.Connection, scope.Transaction, service, id).Lock(gate.Options) is { } why) return (null, why);
            var now = scope.Now.ToUnixTimeMilliseconds();
            AutomationStore.Save(scope, new Area(service, id, mode, body.Cap ?? before?.Cap, null, now, actor.Name));
            Audit.Write(scope, actor, "automation.set", ProposalGate.Subject(service, id), string.Create(
                CultureInfo.InvariantCulture, $"{Word(before?.Mode ?? gate.Options.Mode)} to {Word(mode)}, cap {body.Cap ?? before?.Cap ?? gate.Options.DailyCap}"));
            if (mode != AutomationMode.Shadow) Propose(scope, service, id);
            return (new Answer(service, district, mode, body.Cap ?? before?.Cap ?? gate.Options.DailyCap), null);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return answer is null
            ? TypedResults.Problem($"automatic is locked for {service} in {district}: {locked}", statusCode: StatusCodes.Status409Conflict)
            : TypedResults.Ok(answer);
    }

    // What was only counted so far is proposed now, not when the next vehicle happens to pass.
    private static void Propose(WriteScope scope, string service, string district)
    {
        foreach (var site in ProposalStore.ShadowSites(scope, service, district))
            scope.Raise(new SiteChanged(site, site.StartsWith(SiteKind.Lamp, StringComparison.Ordinal) ? SiteKind.Lamp : SiteKind.Pothole, Supported: true, [], null));
    }

    private static string Word(AutomationMode mode) => mode.ToString().ToLowerInvariant();

    public sealed record Body(AutomationMode? Mode = null, int? Cap = null);

    public sealed record Answer(string Service, string District, AutomationMode Mode, int Cap);
}
