using System.Globalization;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace ThreeOneOne.Field.Hub.Map;

/// <summary>
/// Files of one folder: content types we know, entity tags, ranges, and a <c>.br</c> or <c>.gz</c> beside a file when the
/// browser takes it. Never anything outside of the folder, nor hidden files.
/// </summary>
internal sealed class StaticFolder
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json",
        [".webmanifest"] = "application/manifest+json",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".woff2"] = "font/woff2",
        [".pbf"] = "application/x-protobuf",
        [".pmtiles"] = "application/vnd.pmtiles",
    };

    private readonly PhysicalFileProvider? files;

    public StaticFolder(string folder)
    {
        var full = Path.GetFullPath(folder);
        files = Directory.Exists(full) ? new PhysicalFileProvider(full) : null;
    }

    /// <param name="context">The request.</param>
    /// <param name="path">Path below the folder, from the URL.</param>
    /// <param name="cache">Cache-Control of the answer.</param>
    /// <returns>Null when there is no such file, or none of a known type.</returns>
    public IResult? Find(HttpContext context, string path, string cache)
    {
        if (!Types.TryGetValue(Path.GetExtension(path), out var type) || Existing(path) is not { } plain) return null;
        var file = plain;
        var headers = context.Response.Headers;
        var accepted = context.Request.GetTypedHeaders().AcceptEncoding;
        foreach (var (encoding, extension) in new[] { ("br", ".br"), ("gzip", ".gz") })
        {
            // What a range means in a compressed file, browsers do not agree on.
            if (context.Request.Headers.Range.Count > 0 || Existing(path + extension) is not { } packed) continue;
            headers.Vary = HeaderNames.AcceptEncoding;
            if (!accepted.Any(a => a.Value == encoding && a.Quality is null or > 0)) continue;
            headers.ContentEncoding = encoding;
            file = packed;
            break;
        }

        headers.CacheControl = cache;
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{file.LastModified.ToUnixTimeMilliseconds():x}-{file.Length:x}\"");
        return Results.File(file.PhysicalPath!, type, lastModified: file.LastModified, entityTag: new EntityTagHeaderValue(tag), enableRangeProcessing: true);
    }

    private IFileInfo? Existing(string path) => files?.GetFileInfo(path) is { Exists: true, IsDirectory: false } found ? found : null;
}
