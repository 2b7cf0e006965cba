using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>PostgreSQL's own programs for archives, told by environment where the database is: arguments are seen by everybody.</summary>
internal static class PostgresTools
{
    private const string Debian = "/usr/lib/postgresql";

    /// <summary>Writes an archive of the database, in one snapshot, beside whoever works on it.</summary>
    /// <returns>Its bytes.</returns>
    /// <exception cref="InvalidOperationException">The program is missing or failed; says why.</exception>
    public static async Task<long> DumpAsync(StorageOptions options, string file, CancellationToken cancel)
    {
        DataFolder.KeepPrivate(file);
        // PostGIS brings its table of projections along, and only an administrator may write into it.
        await RunAsync("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", "--no-comments", "--exclude-table-data", "*.spatial_ref_sys", "--file", file, "--dbname"], options, cancel).ConfigureAwait(false);
        await using var written = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
        return written.Length;
    }

    /// <summary>Brings an archive into an empty database: all of it or nothing.</summary>
    /// <exception cref="InvalidOperationException">The program is missing or failed; says why.</exception>
    public static Task RestoreAsync(StorageOptions options, string file, CancellationToken cancel) =>
        RunAsync("pg_restore", ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-comments", file, "--dbname"], options, cancel);

    private static async Task RunAsync(string program, IEnumerable<string> arguments, StorageOptions options, CancellationToken cancel)
    {
        using var server = new PostgresSource(options);
        var text = server.Text;
        // The last word of each is the database's name.
        var start = new ProcessStartInfo(Find(program), arguments.Append(text.Database!)) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in Environment(text))
        {
            if (!string.IsNullOrEmpty(value)) start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        await using var ended = cancel.Register(process.Kill).ConfigureAwait(false);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = await process.StandardError.ReadToEndAsync(CancellationToken.None).ConfigureAwait(false);
        await output.ConfigureAwait(false);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} failed: {errors.Trim()}");
    }

    private static IEnumerable<(string Name, string? Value)> Environment(NpgsqlConnectionStringBuilder text) =>
    [
        ("PGHOST", text.Host), ("PGPORT", text.Port.ToString(CultureInfo.InvariantCulture)), ("PGDATABASE", text.Database), ("PGUSER", text.Username),
        ("PGPASSWORD", text.Password), ("PGPASSFILE", text.Passfile), ("PGSSLROOTCERT", text.RootCertificate), ("PGAPPNAME", "field-hub backup"),
        ("PGSSLMODE", text.SslMode switch
        {
            SslMode.VerifyFull => "verify-full",
            SslMode.VerifyCA => "verify-ca",
            var mode => mode.ToString().ToLowerInvariant(),
        }),
    ];

    // Debian keeps each version's in a folder of its own; the newest reads older servers, too.
    private static string Find(string program)
    {
        var newest = Directory.Exists(Debian)
            ? Directory.EnumerateDirectories(Debian).OrderByDescending(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var n) ? n : 0)
                .Select(d => Path.Combine(d, "bin", program)).FirstOrDefault(File.Exists)
            : null;
        return newest
            ?? (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"{program} is not here: install postgresql-client-15 or later");
    }
}
