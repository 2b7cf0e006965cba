using ThreeOneOne.Field.Agent.Console;

namespace ThreeOneOne.Field.Edge.Tests.Console;

public sealed class PageFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("/", true)]
    [InlineData("/assets/page.js", true)]
    [InlineData("/assets/.page.js", false)]
    [InlineData("/.git/page.js", false)]
    [InlineData("/notes.txt", false)]
    [InlineData("/assets/../index.html", false)]
    [InlineData("/../index.html", false)]
    public void Only_the_pages_own_files_have_an_address(string address, bool there)
    {
        foreach (var name in (string[])["index.html", "assets/page.js", "assets/.page.js", ".git/page.js", "notes.txt"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
            File.WriteAllText(folder[name], "x");
        }

        Assert.Equal(there, new PageFiles(folder.Path).Find(address) is not null);
    }
}
