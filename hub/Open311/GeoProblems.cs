namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>
/// What the framework and other capabilities answer with problem+json, said in GeoReport's way below /open311: a refusal
/// before the endpoint, a status without a body, an exception.
/// </summary>
internal sealed class GeoProblems : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) =>
        context.HttpContext.Request.Path.StartsWithSegments(GeoReport.Root);

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var response = context.HttpContext.Response;
        var (_, suffix) = GeoFallback.Split(context.HttpContext.Request.Path.Value ?? "");
        var format = GeoWriter.FormatOf(suffix) ?? GeoFormat.Xml;
        var problem = context.ProblemDetails;
        var status = problem.Status ?? response.StatusCode;
        var answer = GeoAnswer.Error(status, problem.Detail ?? problem.Title ?? "the hub failed on this request: try again later");
        response.StatusCode = status;
        response.ContentType = GeoWriter.MediaType(format);
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(GeoWriter.Write(answer.Root, answer.Content, format), context.HttpContext.RequestAborted).ConfigureAwait(false);
    }
}
