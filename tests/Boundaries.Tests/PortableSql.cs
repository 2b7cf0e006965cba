using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Boundaries.Tests;

/// <summary>Words in a capability's SQL that mean something on one of the two databases only, or that cost more with every row.</summary>
internal static partial class PortableSql
{
    // The days' tracks are SQLite files on both kinds; Storage holds what differs between them.
    private static readonly string[] OneKind = ["hub/Ingest/TrackStore.cs", "hub/Storage/"];

    private static readonly (Regex Word, string Instead)[] Rules =
    [
        (new Regex(@"\bINSERT\s+OR\s"), "ON CONFLICT (…) DO UPDATE or DO NOTHING"),
        (new Regex(@"\bIS\s+(?:NOT\s+)?(?:@|[a-z])"), "IS [NOT] DISTINCT FROM"),
        (new Regex(@"\b(?:max|min)\s*\((?>[^(),]+|\((?>[^()]*)\))*,", RegexOptions.IgnoreCase), "CASE instead of max or min of several values"),
        (new Regex(@"\browid\b|\bsqlite_\w+|\bGLOB\b|\bIFNULL\b|\bstrftime\b|\bjson_\w+\s*\(|\btotal\s*\(|\bgroup_concat\b|\binstr\s*\(", RegexOptions.IgnoreCase), "what both databases know"),
        (new Regex(@"\b(?:WHERE|AND|OR|ON|BY)\s+\+"), "an expression instead of the planner's plus"),
        (new Regex(@"DO\s+UPDATE\s+SET\b[^;]*?\b(?<![.\w])(\w+)\s*=\s*\1\s*[-+]"), "the old value with its table's name: n=t.n+1"),
        (new Regex(@"(?<!CAST\s*\(\s*)\bSUM\s*\("), "CAST(SUM(x) AS BIGINT)"),
        (new Regex(@"(?<!\))\s+(?:NOT\s+)?I?LIKE\b"), "lower(a) LIKE lower(b)"),
        (new Regex(@"[=<>(,\s]\$\w+\b"), "@name for a parameter"),
        (new Regex(@"\bOFFSET\b"), "a cursor"),
        (new Regex(@"\bNOT\s+@"), "@flag=0"),
        (new Regex(@"\bFOR\s+UPDATE\b"), "scope.SkipLocked"),
    ];

    public static IEnumerable<string> Faults(SourceFile file) =>
        OneKind.Any(k => file.Path.StartsWith(k, StringComparison.Ordinal)) ? [] :
            from Match literal in Literal().Matches(file.Code)
            where Statement().IsMatch(literal.Value)
            from fault in FaultsOf(literal.Value)
            select $"{file.Path}: {fault}";

    public static IEnumerable<string> FaultsOf(string sql)
    {
        foreach (var (word, instead) in Rules)
        {
            if (word.Match(sql) is { Success: true } found) yield return $"'{found.Value.Trim()}': write {instead}";
        }

        if (HasUnnamedSelect(sql)) yield return "a SELECT behind FROM without a name: FROM (SELECT …) AS name";
    }

    private static bool HasUnnamedSelect(string sql)
    {
        foreach (Match from in Derived().Matches(sql))
        {
            var (at, depth) = (from.Index + from.Value.IndexOf('(', StringComparison.Ordinal), 0);
            do
            {
                if (sql[at] == '(') depth++;
                if (sql[at] == ')') depth--;
                at++;
            }
            while (at < sql.Length && depth > 0);
            if (depth == 0 && !Name().IsMatch(sql[at..])) return true;
        }

        return false;
    }

    [GeneratedRegex("\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"", RegexOptions.Singleline)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\b(?:SELECT|INSERT|UPDATE|DELETE|WHERE|ON CONFLICT)\b")]
    private static partial Regex Statement();

    [GeneratedRegex(@"\b(?:FROM|JOIN)\s*\(\s*(?:SELECT|WITH|VALUES)\b")]
    private static partial Regex Derived();

    [GeneratedRegex(@"^\s*(?:AS\s+)?(?!WHERE\b|ORDER\b|GROUP\b|JOIN\b|LIMIT\b|UNION\b|ON\b)[A-Za-z_]\w*")]
    private static partial Regex Name();
}
