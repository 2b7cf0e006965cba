using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>Where the hub keeps its data.</summary>
public sealed class StorageOptions : IValidatableObject
{
    public const string Section = "Storage";

    /// <summary>Folder of the database and of everything else the hub must keep. Created with rights for its owner only.</summary>
    [Required]
    public string Folder { get; set; } = "data";

    /// <summary>sqlite: a file in the folder. postgres: the database that <see cref="Connection"/> names.</summary>
    public StorageKind Kind { get; set; } = StorageKind.Sqlite;

    /// <summary>
    /// Of PostgreSQL, as Npgsql reads it: <c>Host=127.0.0.1;Database=field;Username=field;Password=…</c>. A host that begins with / is the
    /// folder of a Unix socket, such as <c>/run/postgresql</c>. Without a password the
    /// one in <c>~/.pgpass</c> or PGPASSWORD counts. The database has UTF8 and the C collation, which sorts as SQLite does.
    /// </summary>
    public string Connection { get; set; } = "";

    /// <summary>Connections that read at the same time.</summary>
    [Range(1, 64)]
    public int Readers { get; set; } = 4;

    /// <summary>After this a read is broken off: one that never ends would keep the log from being folded back.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan LongestRead { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Writes that may wait in line; past this, callers wait.</summary>
    [Range(16, 100_000)]
    public int WriteQueue { get; set; } = 1_024;

    /// <summary>Length of a write-ahead log from which it is folded back into its file, MiB: each day's file has one, too.</summary>
    [Range(1, 1_024)]
    public int LogMb { get; set; } = 32;

    /// <summary>Set by the program, not by settings: this process serves the database, so that no other may.</summary>
    internal bool Serves { get; set; }

    /// <summary>Set by the program: it waits until the one that serves has ended, where there is one. Of PostgreSQL.</summary>
    internal bool StandsBy { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Kind == StorageKind.Postgres && Connection.Length == 0)
            yield return new ValidationResult("a PostgreSQL connection such as Host=127.0.0.1;Database=field;Username=field", [nameof(Connection)]);
    }
}
