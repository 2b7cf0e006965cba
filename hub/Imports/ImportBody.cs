using Microsoft.AspNetCore.Http.Features;

namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>A file that came as the body of a call, on the disk until it is read.</summary>
public static class ImportBody
{
    private const long MostBytes = 256L << 20;
    private const int LongestName = 200;

    /// <summary>Deleted when it is closed.</summary>
    /// <param name="context">The call.</param>
    /// <param name="folder">The hub's data folder.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<FileStream> KeepAsync(HttpContext context, string folder, CancellationToken cancel)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBytes;
        var file = new FileStream(Path.Combine(folder, $"import-{Guid.NewGuid():N}"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        try
        {
            await context.Request.Body.CopyToAsync(file, cancel).ConfigureAwait(false);
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        file.Position = 0;
        return file;
    }

    /// <returns>How the body is written, as the address says; null when it says something that there is not.</returns>
    public static FileForm? Form(string? encoding, string? delimiter)
    {
        var form = new FileForm { Encoding = encoding?.ToLowerInvariant() ?? "utf-8" };
        if (!FileForm.Encodings.Contains(form.Encoding)) return null;
        return delimiter switch
        {
            null => form,
            "tab" => form with { Delimiter = '\t' },
            { Length: 1 } one when one[0] is not '"' => form with { Delimiter = one[0] },
            _ => null,
        };
    }

    /// <returns>What people call the file, in reports.</returns>
    public static string NameOf(string? name) => string.IsNullOrWhiteSpace(name) ? "upload" : new string([.. name.Trim().Where(c => !char.IsControl(c)).Take(LongestName)]);
}
