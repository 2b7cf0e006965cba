using System.Globalization;
using System.Text;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Updates;

/// <summary>
/// The versions of the program beside the package's own. Each is a folder that is whole when it is there; three small files say
/// what the launcher (<c>firmware-config/packaging/agent/launch</c>) starts: <c>current</c> is proven, <c>next</c> is on trial
/// with its <c>starts</c>, <c>failed</c> was taken back, with the reason. The agent's own <c>asked</c> is what it asked a start
/// for. Each is replaced whole and fsynced, and the power may go between any two steps.
/// </summary>
/// <param name="path">Its folder.</param>
public sealed class VersionsFolder(string path)
{
    private const int MostReason = 300;

    public string Path => path;

    /// <summary>The proven version; null: the package's own.</summary>
    public string? Current => Version("current");

    /// <summary>The version on trial; null: none.</summary>
    public string? Next => Version("next");

    /// <summary>The version that was taken back last, and why.</summary>
    public (string Version, string Reason)? Failed =>
        Text("failed")?.Split(' ', 2) is [var version, var reason] && UpdateManifest.IsVersion(version) ? (version, reason.Trim()) : null;

    /// <summary>The version that a start was asked for; null: none was, or it was answered.</summary>
    public string? Asked => Version("asked");

    public string TrialFile => In("trial.json");

    /// <summary>Folder of a version; it need not be there.</summary>
    /// <exception cref="ArgumentException">The text is no version.</exception>
    public string FolderOf(string version) => UpdateManifest.IsVersion(version) ? In(version) : throw new ArgumentException("no version", nameof(version));

    public bool Has(string version) => UpdateManifest.IsVersion(version) && Directory.Exists(FolderOf(version));

    /// <summary>File that a download grows in.</summary>
    public string PartOf(string sha256) => UpdateManifest.IsHash(sha256) ? In($"{sha256}.part") : throw new ArgumentException("no hash", nameof(sha256));

    /// <summary>The next start is one of this version, on trial.</summary>
    /// <exception cref="IOException">The disk did not take it; nothing has changed.</exception>
    public void Try(string version)
    {
        Remove("starts");
        DurableFile.Replace(In("next"), Encoding.ASCII.GetBytes(version));
    }

    /// <summary>The version may take the place of a package that is newer than it: a roll-back.</summary>
    /// <param name="version">One that is there.</param>
    /// <param name="package">The package's version, this one and no later.</param>
    /// <exception cref="IOException">The disk did not take it; nothing has changed.</exception>
    public void MayReplace(string version, string package) =>
        DurableFile.Replace(System.IO.Path.Combine(FolderOf(version), "over"), Encoding.ASCII.GetBytes(package));

    /// <summary>Notes that a start is asked for to get this version.</summary>
    /// <exception cref="IOException">The disk did not take it; nothing has changed.</exception>
    public void Ask(string version) => DurableFile.Replace(In("asked"), Encoding.ASCII.GetBytes(version));

    /// <summary>The start that was asked for has been.</summary>
    public void Answer() => Remove("asked");

    /// <summary>When the newest of what was proven here was signed, Unix milliseconds; 0: nothing was.</summary>
    public long Sequence => Number("sequence");

    /// <summary>Notes when a version that is whole was signed; to be called before it is tried or gone back to.</summary>
    /// <exception cref="IOException">The disk did not take it; nothing has changed.</exception>
    public void NoteSequence(string version, long sequence) => Replace($"{version}.signed", sequence);

    /// <summary>The version counts from now on: what was signed before it is taken no more.</summary>
    public void Raise(string version)
    {
        if (Number($"{version}.signed") is var sequence && sequence > Sequence) Replace("sequence", sequence);
    }

    /// <summary>The version on trial is proven.</summary>
    public void Keep(string version)
    {
        // First: without it the version would count, and an older signature as well.
        Raise(version);
        DurableFile.Replace(In("current"), Encoding.ASCII.GetBytes(version));
        EndTrial();
    }

    /// <summary>The version on trial is taken back: the next start is one of what was before, and it is not tried again.</summary>
    public void TakeBack(string version, string reason)
    {
        DurableFile.Replace(In("failed"), Encoding.UTF8.GetBytes($"{version} {Line(reason)}\n"));
        EndTrial();
    }

    /// <summary>A start that ended as asked says nothing against the version.</summary>
    public void EndCleanly()
    {
        if (Next is not null && int.TryParse(Text("starts"), NumberStyles.None, CultureInfo.InvariantCulture, out var starts) && starts > 0)
            DurableFile.Replace(In("starts"), Encoding.ASCII.GetBytes((starts - 1).ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Finishes what a power cut left half done, and removes what nobody needs: all but the proven version, the one on trial and one to go back to.</summary>
    /// <param name="running">The version that runs.</param>
    public void TidyUp(string running)
    {
        if (!Directory.Exists(path)) return;
        if (Next is { } next && (next == Current || Failed?.Version == next)) EndTrial();
        string?[] needed = [Current, Next, running];
        var others = Versions().Except(needed.OfType<string>()).OrderDescending(Comparer<string>.Create(UpdateManifest.Compare)).ToList();
        // Two are kept: the one that counts, and one before it.
        foreach (var old in others.Skip(1)) Directory.Delete(FolderOf(old), recursive: true);
        foreach (var note in Directory.EnumerateFiles(path, "*.signed").Where(n => !Has(System.IO.Path.GetFileNameWithoutExtension(n)))) File.Delete(note);
        foreach (var half in Directory.EnumerateDirectories(path, "*.new")) Directory.Delete(half, recursive: true);
    }

    private IEnumerable<string> Versions() => Directory.EnumerateDirectories(path).Select(d => System.IO.Path.GetFileName(d)).Where(n => UpdateManifest.IsVersion(n));

    // The launcher counts by this file: it goes first, so that no start of another version is counted with it.
    private void EndTrial()
    {
        Remove("next");
        Remove("starts");
    }

    private void Remove(string name)
    {
        if (!Directory.Exists(path)) return;
        File.Delete(In(name));
        DurableFile.SyncFolder(path);
    }

    private long Number(string name) => long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private void Replace(string name, long number) => DurableFile.Replace(In(name), Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));

    private string? Version(string name) => Text(name) is { } text && UpdateManifest.IsVersion(text) ? text : null;

    private string? Text(string name)
    {
        try
        {
            return File.Exists(In(name)) ? File.ReadAllText(In(name)).Trim() : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Line(string text)
    {
        var line = string.Concat(text.Where(c => !char.IsControl(c)));
        return line.Length <= MostReason ? line : line[..MostReason];
    }

    private string In(string name) => System.IO.Path.Combine(path, name);
}
