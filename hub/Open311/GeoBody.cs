using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>Reads the body of a POST: a form, or parts with files. Both are bounded, and so is how many with files are read at once.</summary>
internal sealed class GeoBody(Open311Options options) : IDisposable
{
    private const int MostFiles = 10;
    private const string NotForm = "the body is no form: send it as application/x-www-form-urlencoded or multipart/form-data";
    private const string BadParts = "the parts of the body cannot be read: send multipart/form-data with its boundary, whole";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] PhotoTypes = [AttachmentType.Jpeg, AttachmentType.Png, AttachmentType.Webp];
    private readonly SemaphoreSlim uploads = new(options.Uploads);

    public void Dispose() => uploads.Dispose();

    /// <returns>What the body holds, or the answer to one that cannot be read.</returns>
    /// <exception cref="BadHttpRequestException">It is too long, or was cut off.</exception>
    public async Task<(GeoFields Fields, IReadOnlyList<GeoFile> Files, GeoAnswer? Fault)> ReadAsync(HttpContext context, CancellationToken cancel)
    {
        var request = context.Request;
        var known = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        if (known && type!.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = options.MaxUploadBytes;
            return await ReadPartsAsync(request, HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), cancel).ConfigureAwait(false);
        }

        // A form that nobody marked as one is still a form; what says that it is something else is not.
        if (known && type!.MediaType.Value is { } media && media is not ("application/x-www-form-urlencoded" or "text/plain" or "application/octet-stream"))
            return (new GeoFields(), [], GeoAnswer.Error(StatusCodes.Status415UnsupportedMediaType, NotForm));
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancel).ConfigureAwait(false);
        return (GeoFields.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)), [], null);
    }

    private async Task<(GeoFields Fields, IReadOnlyList<GeoFile> Files, GeoAnswer? Fault)> ReadPartsAsync(HttpRequest request, string boundary, CancellationToken cancel)
    {
        if (boundary.Length is 0 or > 200) return (new GeoFields(), [], GeoAnswer.Bad(BadParts));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        await uploads.WaitAsync(patience.Token).ConfigureAwait(false);
        try
        {
            return await ReadPartsAsync(new MultipartReader(boundary, request.Body), patience.Token).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            return (new GeoFields(), [], GeoAnswer.Bad(BadParts));
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            return (new GeoFields(), [], GeoAnswer.Bad(BadParts));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (new GeoFields(), [], GeoAnswer.Error(StatusCodes.Status408RequestTimeout, "the body took too long: send smaller files, or over a better line"));
        }
        finally
        {
            uploads.Release();
        }
    }

    private static async Task<(GeoFields Fields, IReadOnlyList<GeoFile> Files, GeoAnswer? Fault)> ReadPartsAsync(MultipartReader reader, CancellationToken cancel)
    {
        var fields = new GeoFields();
        var files = new List<GeoFile>();
        while (await reader.ReadNextSectionAsync(cancel).ConfigureAwait(false) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) continue;
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            using var buffer = new MemoryStream();
            await section.Body.CopyToAsync(buffer, cancel).ConfigureAwait(false);
            if (!disposition.IsFileDisposition())
            {
                fields.Add(name, GeoFields.Decode(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
                if (fields.TooMany) break;
                continue;
            }

            // A file field that was left empty comes as a file without bytes.
            if (buffer.Length == 0) continue;
            var bytes = buffer.ToArray();
            if (Array.Find(PhotoTypes, t => AttachmentType.Matches(t, bytes.AsSpan(0, Math.Min(bytes.Length, 12)))) is not { } type)
                return (new GeoFields(), [], GeoAnswer.Bad($"the file in {name} is no photo that is taken: send JPEG, PNG or WebP"));
            if (files.Count == MostFiles) return (new GeoFields(), [], GeoAnswer.Bad($"there are more than {MostFiles} files: send the best {MostFiles}"));
            files.Add(new GeoFile(type, bytes));
        }

        return (fields, files, null);
    }
}
