namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>
/// One vehicle's own append log against the hub's rows: the only proof that nothing was lost and nothing applied twice.
/// </summary>
public sealed class LedgerComparison
{
    private readonly Dictionary<(string Epoch, long Seq), string> _appended = [];
    private readonly Dictionary<(string Epoch, long Seq), int> _stored = [];
    private readonly HashSet<(string Epoch, long Seq)> _forked = [];

    /// <summary>Records that the vehicle appended and the hub does not hold with the same content.</summary>
    public int Lost => _appended.Keys.Count(k => !_stored.ContainsKey(k) || _forked.Contains(k));

    /// <summary>Rows of the hub beyond the first for one record.</summary>
    public int Duplicated => _stored.Values.Sum(n => n - 1);

    /// <summary>Rows that the vehicle never appended.</summary>
    public int Foreign => _stored.Keys.Count(k => !_appended.ContainsKey(k));

    public int Appended => _appended.Count;

    /// <summary>Adds a line of the append log: <c>epoch seq kind hash</c>. A torn last line is not a record.</summary>
    public void AddAppended(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 4 || words[3].Length != 32 || !long.TryParse(words[1], out var seq)) return;
        _appended[(words[0], seq)] = words[3];
    }

    /// <summary>Before the hub's rows are read once more: they come by number, and a late one may lie anywhere.</summary>
    public void ForgetStored()
    {
        _stored.Clear();
        _forked.Clear();
    }

    /// <summary>Adds a row of the hub. Append logs are read before the ledger, so that what is still under way is not foreign.</summary>
    public void AddStored(string epoch, long seq, string hash)
    {
        var key = (epoch, seq);
        _stored[key] = _stored.GetValueOrDefault(key) + 1;
        if (_appended.TryGetValue(key, out var own) && own != hash) _forked.Add(key);
    }
}
