namespace ThreeOneOne.Field.Agent.Console;

/// <summary>
/// The files of the crew's page. Which ones there are is read once, so that a request is looked up in a table and never
/// becomes a path; their content stays on the disk.
/// </summary>
public sealed class PageFiles
{
    public const string First = "index.html";

    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8", [".js"] = "text/javascript; charset=utf-8", [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml", [".woff2"] = "font/woff2", [".webmanifest"] = "application/manifest+json",
    };

    // Without what is hidden: an editor's copy is no file of the page.
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = false };

    private readonly Dictionary<string, PageFile> files;

    /// <param name="folder">Empty: no page.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public PageFiles(string folder)
    {
        files = folder.Length == 0 ? [] : Read(Path.GetFullPath(folder, AppContext.BaseDirectory)).ToDictionary(f => f.Address, StringComparer.Ordinal);
    }

    /// <summary>The file at an address such as <c>/</c> or <c>/assets/main.js</c>; null when there is none.</summary>
    public PageFile? Find(string? address) => address is null ? null : files.GetValueOrDefault(address == "/" ? "/" + First : address);

    private static IEnumerable<PageFile> Read(string folder) =>
        from path in Directory.EnumerateFiles(folder, "*", Below)
        let type = Types.GetValueOrDefault(Path.GetExtension(path))
        where type is not null
        let address = "/" + Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/')
        // The build names what is under assets by its content.
        select new PageFile(address, path, type, Lasts: address.StartsWith("/assets/", StringComparison.Ordinal));
}
