using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Boundaries.Tests;

/// <summary>Which folder owns which table, from the first line of the migration that creates it.</summary>
internal sealed partial class SqlOwnership
{
    private readonly Dictionary<string, string> owners = [];
    private readonly List<string> faults = [];

    public SqlOwnership(IEnumerable<(string Name, string Sql)> migrations)
    {
        foreach (var (name, sql) in migrations)
        {
            var owner = Owner().Match(sql);
            if (!owner.Success) faults.Add($"{name}: the first line does not say -- Owner: Folder.");
            foreach (Match table in Create().Matches(sql))
            {
                if (!owners.TryAdd(table.Groups[1].Value, owner.Groups[1].Value)) faults.Add($"{name}: {table.Groups[1].Value} is created twice");
            }
        }
    }

    public IReadOnlyList<string> Faults => faults;

    public IReadOnlyDictionary<string, string> Owners => owners;

    /// <returns>Mentions of tables of another folder in SQL.</returns>
    public IEnumerable<string> Trespasses(SourceFile file) =>
        from Match mention in Mention().Matches(file.Code)
        let table = mention.Groups[1].Value
        where owners.TryGetValue(table, out var owner) && owner != file.RoomBelow("hub")
        select $"{file.Path}: {table} belongs to {owners[table]}";

    [GeneratedRegex(@"\A-- Owner: (\w+)\.")]
    private static partial Regex Owner();

    [GeneratedRegex(@"CREATE (?:VIRTUAL )?TABLE (?:IF NOT EXISTS )?(\w+)")]
    private static partial Regex Create();

    [GeneratedRegex(@"\b(?:FROM|INTO|UPDATE|JOIN|TABLE|EXISTS)\s+(\w+)")]
    private static partial Regex Mention();
}
