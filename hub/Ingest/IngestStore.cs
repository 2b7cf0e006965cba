using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>The table <c>ingest_counts</c>, and what other capabilities may ask about what has arrived.</summary>
public sealed class IngestStore
{
    public void Count(WriteScope scope, string name, long n)
    {
        if (n == 0) return;
        scope.Statement("INSERT INTO ingest_counts (name, n) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET n=ingest_counts.n+excluded.n").Bind(1, name).Bind(2, n).Run();
    }

    public IReadOnlyDictionary<string, long> Counts(DbConnection connection) =>
        connection.Query<(string Name, long N)>("SELECT name, n FROM ingest_counts").ToDictionary(c => c.Name, c => c.N);

    /// <summary>Which records of each epoch of a vehicle have arrived, oldest epoch first: stored, kept aside, or gone by retention since.</summary>
    public IReadOnlyList<(string Epoch, IReadOnlyList<(long First, long Last)> Ranges)> Epochs(DbConnection connection, string vehicle) =>
        [.. RangeStore.Sources(connection, vehicle).Select(s => (s.Epoch, RangeStore.Between(connection, s.Id, 1, long.MaxValue)))];
}
