namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>
/// Everything below /open311 that is no resource as written: what is one with doubled or trailing slashes is answered, the
/// rest hears 404 or 405 in the format of its suffix.
/// </summary>
internal sealed class GeoFallback(GeoReport report, GeoResources resources)
{
    public static readonly IReadOnlyList<string> Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public Task RunAsync(HttpContext context)
    {
        var (path, suffix) = Split(context.Request.Path.Value ?? "");
        var method = HttpMethods.IsHead(context.Request.Method) ? "GET" : context.Request.Method;
        var found = resources.All.Select(r => (Resource: r, Id: r.Match(path))).Where(r => r.Id is not null).ToList();
        if (found.Find(r => r.Resource.Method == method) is { Resource: { } resource, Id: { } id } && suffix.Length > 0) return report.RunAsync(context, resource, suffix, id);
        var allow = string.Join(", ", found.Select(r => r.Resource.Method).Distinct());
        var answer = report.OverLimit(context) ?? (found.Count > 0 && suffix.Length > 0
            ? GeoAnswer.Error(StatusCodes.Status405MethodNotAllowed, $"this address does not take {context.Request.Method}: it takes {allow}") with { Allow = allow }
            : GeoAnswer.Missing("nothing is at this address: discovery.xml and discovery.json name the endpoint, and its resources end in .xml or .json"));
        return report.WriteAsync(context, answer, GeoWriter.FormatOf(suffix) ?? GeoFormat.Xml);
    }

    /// <summary>Takes a path apart: what is below the endpoint, without doubled slashes, and its suffix.</summary>
    internal static (string Path, string Suffix) Split(string path)
    {
        List<string> parts = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        if (parts.Count > 0) parts.RemoveAt(0);
        if (parts.Count > 0 && parts[0].Equals("v2", StringComparison.OrdinalIgnoreCase)) parts.RemoveAt(0);
        else if (parts is not [var only] || !only.StartsWith("discovery", StringComparison.OrdinalIgnoreCase)) parts.Insert(0, "..");
        var whole = string.Join('/', parts);
        var dot = whole.LastIndexOf('.');
        return dot > whole.LastIndexOf('/') ? (whole[..dot], whole[(dot + 1)..]) : (whole, "");
    }
}
