using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>SQL of the numbers that requests have in other systems.</summary>
public static class ReferenceStore
{
    public static void Add(WriteScope scope, string system, string reference, string request) =>
        scope.Execute("INSERT INTO request_references (system, reference, request) VALUES (@system, @reference, @request)", new { system, reference, request });

    /// <returns>Number of the request here; null when it is none.</returns>
    public static string? Find(DbConnection connection, DbTransaction? transaction, string system, string reference) =>
        connection.QueryFirstOrDefault<string>(
            "SELECT request FROM request_references WHERE system=@system AND reference=@reference", new { system, reference }, transaction);

    public static IReadOnlyList<Reference> Of(DbConnection connection, string request, DbTransaction? transaction = null) =>
        connection.Query<Reference>(
            "SELECT system AS System, reference AS Number FROM request_references WHERE request=@request ORDER BY system, reference", new { request }, transaction).AsList();

    /// <param name="System">Which other system.</param>
    /// <param name="Number">The number there.</param>
    public sealed record Reference(string System, string Number);
}
