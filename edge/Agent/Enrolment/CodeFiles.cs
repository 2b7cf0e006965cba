using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Enrolment;

/// <summary>
/// Looks for a one-time code in the files that an installer may have left. One that was used or refused is not tried again, also when
/// its file cannot be removed, as in a folder of root or on a card that is mounted for reading: a hash of it is kept.
/// </summary>
internal sealed class CodeFiles(EnrolmentOptions options, IdentityFolder folder, ILogger log)
{
    private const int LongestFile = 4 * 1024;

    // The newest; a code is good for a day.
    private const int MostDone = 16;

    private readonly HashSet<string> said = new(StringComparer.Ordinal);

    private string DoneFile => Path.Combine(folder.Folder, "codes.done");

    /// <returns>A code that has not been tried to its end; null when there is none.</returns>
    public bool TryFind([NotNullWhen(true)] out EnrolmentCode? code, [NotNullWhen(true)] out string? file)
    {
        foreach (var path in options.CodeFiles)
        {
            if (Text(path) is not { } text || IsDone(text)) continue;
            if (EnrolmentCode.TryParse(text, out code, out var fault))
            {
                file = path;
                return true;
            }

            if (said.Add(path + Hash(text))) log.BadCode(path, fault);
        }

        (code, file) = (null, null);
        return false;
    }

    /// <summary>The code of a file is used, or will never do.</summary>
    public void Done(string file)
    {
        if (Text(file) is not { } text) return;
        DurableFile.CreateFolder(folder.Folder);
        var hash = Hash(text);
        IdentityFolder.WritePrivate(DoneFile, Encoding.ASCII.GetBytes(string.Join('\n', DoneHashes().Where(h => h != hash).Append(hash).TakeLast(MostDone)) + "\n"));
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.CodeStays(file, e.Message);
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("done:" + text.Trim())));

    private bool IsDone(string text) => DoneHashes().Contains(Hash(text));

    private string[] DoneHashes() => File.Exists(DoneFile) ? File.ReadAllText(DoneFile).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];

    private string? Text(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: > 0 and <= LongestFile } ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (said.Add(path)) log.BadCode(path, e.Message);
            return null;
        }
    }
}
