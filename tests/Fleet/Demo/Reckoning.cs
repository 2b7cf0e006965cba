namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>Compares every vehicle's append log with the hub's ledger, until they agree or patience ends.</summary>
public sealed class Reckoning(DemoFolder folder, HubApi api, TimeProvider time)
{
    private readonly Dictionary<string, (LedgerComparison Comparison, bool Read)> _vehicles = [];

    public int Lost => _vehicles.Values.Sum(v => v.Comparison.Lost);

    public int Duplicated => _vehicles.Values.Sum(v => v.Comparison.Duplicated);

    public int Foreign => _vehicles.Values.Sum(v => v.Comparison.Foreign);

    public int Appended => _vehicles.Values.Sum(v => v.Comparison.Appended);

    /// <summary>Vehicles of which something is missing at the hub.</summary>
    public IReadOnlyList<(string Vehicle, int Lost)> Missing =>
        [.. _vehicles.Where(v => v.Value.Comparison.Lost > 0).Select(v => (v.Key, v.Value.Comparison.Lost))];

    public async Task CompareAsync(TimeSpan patience, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        foreach (var home in Directory.EnumerateDirectories(folder.Vehicles))
        {
            var vehicle = Path.GetFileName(home);
            var comparison = new LedgerComparison();
            if (File.Exists(folder.AppendLog(vehicle)))
            {
                foreach (var line in File.ReadLines(folder.AppendLog(vehicle))) comparison.AddAppended(line);
            }

            _vehicles[vehicle] = (comparison, false);
        }

        do
        {
            foreach (var vehicle in _vehicles.Keys.ToList())
            {
                var (comparison, read) = _vehicles[vehicle];
                if (read && comparison.Lost == 0) continue;
                comparison.ForgetStored();
                await foreach (var row in api.LedgerAsync(vehicle, stop).ConfigureAwait(false)) comparison.AddStored(row.Epoch, row.Seq, row.Hash);
                _vehicles[vehicle] = (comparison, true);
            }

            if (Lost == 0) return;
            await Task.Delay(TimeSpan.FromMilliseconds(250), time, stop).ConfigureAwait(false);
        }
        while (time.GetElapsedTime(began) < patience);
    }
}
