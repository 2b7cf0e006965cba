using Microsoft.Data.Sqlite;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary><c>field-hub backup TO</c>: copies the data folder, beside a running hub or without one.</summary>
public static class BackupCommand
{
    private const int Wrong = 2;
    private const int Failed = 1;

    /// <param name="args">Arguments behind the word backup.</param>
    /// <param name="read">Reads the settings among them; null when they cannot be used, after saying why.</param>
    /// <param name="steps">What capabilities change in the copy.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Words for people.</param>
    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(
        string[] args, Func<string[], StorageOptions?> read, IReadOnlyList<BackupStep> steps, TextWriter output, TextWriter error)
    {
        if (args is not [var target, .. var settings] || target.StartsWith('-'))
        {
            await error.WriteLineAsync("field-hub backup TO [settings]: TO is a folder that is not there yet").ConfigureAwait(false);
            return Wrong;
        }

        LowPriority.TakeForProcess();
        if (read(settings) is not { } options) return Wrong;
        try
        {
            var (databases, files, bytes) = await Backup.RunAsync(options, target, steps, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            await output.WriteLineAsync($"{databases} databases and {files} other files, {bytes / 1e6:0.0} MB, are in {Path.GetFullPath(target)}. It holds keys: keep it as private as the hub itself.").ConfigureAwait(false);
            if (Directory.Exists(Path.Combine(target, "attachments")) && Directory.EnumerateFiles(Path.Combine(target, "attachments"), "*.sealed", SearchOption.AllDirectories).Any())
                await output.WriteLineAsync("Photos in it are encrypted: they need the file of Attachments:KeyFile, which is not in it. Keep a copy of that file elsewhere.").ConfigureAwait(false);
            await output.WriteLineAsync(options.Kind == StorageKind.Sqlite
                ? "To restore: end the hub, run field-hub restore with this folder as the hub's user into a new Storage:Folder, and start the hub on that."
                : "To restore: end the hub, run field-hub restore with this folder as the hub's user into a new Storage:Folder and an empty database, and start the hub on those.").ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException or SqliteException)
        {
            await error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return Failed;
        }
    }
}
