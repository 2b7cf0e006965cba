using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Keys;
using ThreeOneOne.Field.Agent.Sealing;

namespace ThreeOneOne.Field.Bench.Outbox;

/// <summary>The data key of a benchmark's outboxes, beside them as a vehicle has it; the one in the folder <c>plain</c> has none.</summary>
internal static class BenchKey
{
    /// <param name="folder">An outbox's.</param>
    public static DataKey? Of(string folder)
    {
        if (Path.GetFileName(folder).StartsWith("plain", StringComparison.Ordinal)) return null;
        var file = new DataKeyFile(Path.GetDirectoryName(folder)!, new SealingOptions(), null);
        var key = file.Open(NullLogger.Instance)!;
        file.NoteOnly(key);
        return key;
    }
}
