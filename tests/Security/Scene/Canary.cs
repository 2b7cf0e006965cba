using System.Security.Cryptography;

namespace ThreeOneOne.Field.Security.Scene;

/// <summary>A word that stands only in files that nobody may read through a server, and pages beside which they lie.</summary>
public static class Canary
{
    private static readonly string Word = "canary-" + RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>True when a text holds the word, a private key, or the machine's list of users.</summary>
    public static bool IsIn(string text) =>
        text.Contains(Word, StringComparison.Ordinal) || text.Contains("PRIVATE KEY", StringComparison.Ordinal) || text.Contains("root:x:0", StringComparison.Ordinal);

    /// <summary>Puts it into a folder, under names whose types are served.</summary>
    public static void Plant(string folder)
    {
        foreach (var name in (string[])["canary.json", "canary.html", "canary.js", ".canary.js"]) File.WriteAllText(Path.Combine(folder, name), $"\"{Word}\"");
    }

    /// <summary>A page of two files, with a hidden third one that nobody may read.</summary>
    /// <returns>The folder.</returns>
    public static string MakePage(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "assets"));
        File.WriteAllText(Path.Combine(folder, "index.html"), "<!doctype html><title>page</title>");
        File.WriteAllText(Path.Combine(folder, "assets", "page.js"), "// the page\n");
        File.WriteAllText(Path.Combine(folder, "assets", ".canary.js"), $"\"{Word}\"");
        return folder;
    }
}
