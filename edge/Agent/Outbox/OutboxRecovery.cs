using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Sealing;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>Finds again what an ended process left.</summary>
internal static class OutboxRecovery
{
    private const string CurrentFile = "current";

    /// <summary>
    /// Opens the epochs that have records, oldest first and the one that takes new records last. An epoch with damage, and
    /// one of a folder that was restored or cut, takes none, so that a sequence number that may have been used is never
    /// used for something else.
    /// </summary>
    public static List<EpochFolder> OpenEpochs(string folder, OutboxWitness witness, DataKey? key, ILogger log)
    {
        var currentPath = Path.Combine(folder, CurrentFile);
        var current = File.Exists(currentPath) ? File.ReadAllText(currentPath).Trim() : null;
        var paths = Directory.EnumerateDirectories(folder).Where(p => IsEpoch(Path.GetFileName(p))).OrderBy(Directory.GetCreationTimeUtc);
        List<EpochFolder> epochs = [.. paths.Select(p => EpochFolder.Open(p, key, log))];
        foreach (var epoch in epochs.Where(e => e.DamagedBytes > 0)) log.Damaged(epoch.Epoch, epoch.DamagedBytes);

        // What a crash left half done: these records are safe under another name.
        foreach (var origin in epochs.SelectMany(e => e.Origins).ToList())
        {
            if (origin.Ranges is null || epochs.Find(e => e.Epoch == origin.Epoch) is not { } replaced) continue;
            var removed = 0;
            foreach (var range in origin.Ranges) removed += replaced.Acknowledge(range[0], range[1]);
            if (removed > 0) replaced.SyncNotes();
        }

        var open = epochs.Find(e => e.Epoch == current);
        var newest = epochs.Select(e => e.Tally).Append(witness.Said?.Tally ?? Tally.Zero).Aggregate(Tally.Zero, (all, t) =>
            all with { Actions = Math.Max(all.Actions, t.Actions), Draft = Math.Max(all.Draft, t.Draft) });
        if (witness.Contradicts(open))
        {
            var said = witness.Said!;
            log.NotAsLeft(said.Epoch, said.Next, open?.Epoch ?? "-", open?.Next ?? 0);
            if (said.Tally.Links > (epochs.Find(e => e.Epoch == said.Epoch)?.Tally.Links ?? 0))
                witness.NoteLost(new ChainHead(said.Epoch, said.Tally.Links, said.Tally.Head));
            open = null;
        }

        if (open is null || open.DamagedBytes > 0) open = Begin(folder, newest, witness.Said?.Epoch ?? open?.Epoch ?? "", key, log);
        foreach (var done in epochs.FindAll(e => e.Waiting == 0 && e != open))
        {
            done.Delete();
            epochs.Remove(done);
        }

        epochs.Remove(open);
        epochs.Add(open);
        return epochs;
    }

    /// <summary>Begins an epoch that takes new records from now on.</summary>
    /// <param name="folder">The outbox's folder.</param>
    /// <param name="tally">What goes on over epochs.</param>
    /// <param name="before">Name of the epoch before it; empty for none.</param>
    /// <param name="key">Encrypts it; null for not.</param>
    /// <param name="log">Log of the epoch.</param>
    public static EpochFolder Begin(string folder, Tally tally, string before, DataKey? key, ILogger log)
    {
        var epoch = EpochFolder.Create(Path.Combine(folder, NewEpoch()), tally.NextEpoch(before), key, log);
        DurableFile.Replace(Path.Combine(folder, CurrentFile), Encoding.ASCII.GetBytes(epoch.Epoch));
        return epoch;
    }

    /// <summary>Opens the append log and adds the records that a killed process wrote and did not log.</summary>
    public static AppendLogFile CompleteAppendLog(string path, IEnumerable<EpochFolder> epochs)
    {
        var file = new AppendLogFile(path);
        foreach (var epoch in epochs)
        {
            foreach (var (seq, entry) in epoch.WaitingOf(_ => true).ToList())
            {
                if (file.Holds(epoch.Epoch, seq) || epoch.Read(seq) is not { } record) continue;
                file.Write(AppendLogFile.Line(epoch.Epoch, seq, entry.Kind, record.Span));
            }
        }

        return file;
    }

    private static string NewEpoch() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public static bool IsEpoch(string name) => name.Length == 16 && name.All(char.IsAsciiHexDigitLower);
}
