using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>Finds again what an ended process left.</summary>
internal static class OutboxRecovery
{
    private const string CurrentFile = "current";

    /// <summary>
    /// Opens the epochs that have records, oldest first and the one that takes new records last. An epoch with damage
    /// takes none, so that a sequence number that may have been used is never used for something else.
    /// </summary>
    public static List<EpochFolder> OpenEpochs(string folder, ILogger log)
    {
        var currentPath = Path.Combine(folder, CurrentFile);
        var current = File.Exists(currentPath) ? File.ReadAllText(currentPath).Trim() : null;
        List<EpochFolder> epochs = [];
        var newest = Tally.Zero;
        var paths = Directory.EnumerateDirectories(folder).Where(p => IsEpoch(Path.GetFileName(p))).OrderBy(Directory.GetCreationTimeUtc);
        foreach (var path in paths.ToList())
        {
            var epoch = EpochFolder.Open(path, log);
            if (epoch.DamagedBytes > 0) log.Damaged(epoch.Epoch, epoch.DamagedBytes);
            if (epoch.Epoch == current && epoch.DamagedBytes > 0) current = null;
            if (epoch.Tally.Draft >= newest.Draft) newest = epoch.Tally;
            if (epoch.Waiting == 0 && epoch.Epoch != current) epoch.Delete();
            else epochs.Add(epoch);
        }

        var open = epochs.Find(e => e.Epoch == current) ?? Begin(folder, newest, log);

        epochs.Remove(open);
        epochs.Add(open);
        return epochs;
    }

    /// <summary>Begins an epoch that takes new records from now on.</summary>
    /// <param name="folder">The outbox's folder.</param>
    /// <param name="before">Of the epoch before it.</param>
    /// <param name="log">Log of the epoch.</param>
    public static EpochFolder Begin(string folder, Tally before, ILogger log)
    {
        var epoch = EpochFolder.Create(Path.Combine(folder, NewEpoch()), before.NextEpoch(), log);
        DurableFile.Replace(Path.Combine(folder, CurrentFile), Encoding.ASCII.GetBytes(epoch.Epoch));
        return epoch;
    }

    private static string NewEpoch() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private static bool IsEpoch(string name) => name.Length == 16 && name.All(char.IsAsciiHexDigitLower);

    /// <summary>Opens the append log and adds the records that a killed process wrote and did not log.</summary>
    public static AppendLogFile CompleteAppendLog(string path, IEnumerable<EpochFolder> epochs)
    {
        var file = new AppendLogFile(path);
        foreach (var epoch in epochs)
        {
            foreach (var (seq, _, _) in epoch.WaitingOf(_ => true))
            {
                if (file.Holds(epoch.Epoch, seq) || epoch.Read(seq) is not { } record) continue;
                file.Write(AppendLogFile.Line(epoch.Epoch, seq, epoch.KindOf(seq), record.Span));
            }
        }

        return file;
    }
}
