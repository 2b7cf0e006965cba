namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>Counts what becomes of the rows of a file while it is read.</summary>
/// <param name="onFault">Hears of every rejected row, also beyond those that are kept.</param>
/// <param name="onRow">Hears how many rows have been looked at.</param>
public sealed class ImportTally(Action<RowFault>? onFault = null, Action<long>? onRow = null)
{
    public const int MostKept = 1_000;

    private readonly SortedDictionary<string, long> reasons = new(StringComparer.Ordinal);
    private readonly List<RowFault> faults = [];
    private long looked;

    public long Imported { get; set; }

    public long Changed { get; set; }

    public long Unchanged { get; set; }

    public long Skipped { get; set; }

    public long Removed { get; set; }

    public long Rejected { get; private set; }

    /// <summary>Rejected rows of which not even the id is known: what the file leaves out is not known either.</summary>
    public long Nameless { get; private set; }

    /// <summary>A replacement is to take away what the file doesn't name, and may not.</summary>
    public bool IsKept { get; set; }

    public IReadOnlyList<RowFault> Faults => faults;

    /// <summary>One more row was looked at.</summary>
    public void Look() => onRow?.Invoke(++looked);

    public void Reject(RowFault fault)
    {
        Rejected++;
        if (fault.Row is null) Nameless++;
        reasons[fault.Reason] = reasons.GetValueOrDefault(fault.Reason) + 1;
        if (faults.Count < MostKept) faults.Add(fault);
        onFault?.Invoke(fault);
    }

    public ImportReport Report(string kind, string file, string who, DateTimeOffset at, bool dryRun = false) => new()
    {
        Kind = kind, File = file, Who = who, At = at, DryRun = dryRun, Read = Imported + Changed + Unchanged + Skipped + Rejected, Imported = Imported,
        Changed = Changed, Unchanged = Unchanged, Skipped = Skipped, Removed = Removed, Rejected = Rejected, IsKept = IsKept, Reasons = reasons, Faults = faults,
    };
}
