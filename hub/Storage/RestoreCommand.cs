namespace ThreeOneOne.Field.Hub.Storage;

/// <summary><c>field-hub restore FROM</c>: brings a backup to where the settings say that the data is.</summary>
public static class RestoreCommand
{
    private const int Wrong = 2;
    private const int Failed = 1;

    /// <param name="args">Arguments behind the word restore.</param>
    /// <param name="read">Reads the settings among them; null when they cannot be used, after saying why.</param>
    /// <param name="steps">What capabilities change in a restored database.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Words for people.</param>
    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(
        string[] args, Func<string[], StorageOptions?> read, IReadOnlyList<BackupStep> steps, TextWriter output, TextWriter error)
    {
        if (args is not [var from, .. var settings] || from.StartsWith('-'))
        {
            await error.WriteLineAsync("field-hub restore FROM [settings]: FROM is what 'field-hub backup' made").ConfigureAwait(false);
            return Wrong;
        }

        if (read(settings) is not { } options) return Wrong;
        try
        {
            if (DataFolder.RootFault(options, Environment.IsPrivilegedProcess) is { } fault) throw new InvalidOperationException(fault);
            var (files, bytes) = await Restore.RunAsync(from, options, steps, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            var database = options.Kind == StorageKind.Postgres ? ", and its database is restored" : "";
            await output.WriteLineAsync($"{files} files, {bytes / 1e6:0.0} MB, are in {Path.GetFullPath(options.Folder)}{database}. Start the hub with the same settings.").ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return Failed;
        }
    }
}
