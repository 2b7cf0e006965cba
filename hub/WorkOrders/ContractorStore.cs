using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>SQL of which contractor a person or key works for.</summary>
public static class ContractorStore
{
    public static void Set(WriteScope scope, string actor, string party) =>
        scope.Execute(
            """
            INSERT INTO contractor_members (actor, party, added_ms) VALUES (@actor, @party, @now)
            ON CONFLICT (actor) DO UPDATE SET party=excluded.party, added_ms=excluded.added_ms
            """, new { actor, party, now = scope.Now.ToUnixTimeMilliseconds() });

    /// <returns>False when it was not there.</returns>
    public static bool Remove(WriteScope scope, string actor) =>
        scope.Execute("DELETE FROM contractor_members WHERE actor=@actor", new { actor }) == 1;

    /// <summary>The contractor that somebody works for; null: none.</summary>
    public static string? PartyOf(DbConnection connection, string actor) =>
        connection.QueryFirstOrDefault<string>("SELECT party FROM contractor_members WHERE actor=@actor", new { actor });

    public static IReadOnlyList<Member> All(DbConnection connection) =>
        connection.Query<Member>("SELECT actor AS Actor, party AS Party FROM contractor_members ORDER BY party, actor").AsList();

    /// <param name="Actor">Id of a person or key.</param>
    /// <param name="Party">The contractor.</param>
    public sealed record Member(string Actor, string Party);
}
