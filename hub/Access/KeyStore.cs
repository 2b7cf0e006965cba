using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>SQL of API keys.</summary>
internal static class KeyStore
{
    private const string Columns =
        "id AS Id, name AS Name, role AS Role, secret_hash AS SecretHash, created_ms AS CreatedMs, created_by AS CreatedBy, expires_ms AS ExpiresMs, used_ms AS UsedMs, revoked_ms AS RevokedMs";

    public static ApiKey? Find(DbConnection connection, string id) =>
        connection.QueryFirstOrDefault<ApiKey>($"SELECT {Columns} FROM api_keys WHERE id=@id", new { id });

    public static IReadOnlyList<ApiKey> All(DbConnection connection) =>
        connection.Query<ApiKey>($"SELECT {Columns} FROM api_keys ORDER BY created_ms, id").AsList();

    public static void Insert(WriteScope scope, ApiKey key) => scope.Execute(
        """
        INSERT INTO api_keys (id, name, role, secret_hash, created_ms, created_by, expires_ms)
        VALUES (@Id, @Name, @Role, @SecretHash, @CreatedMs, @CreatedBy, @ExpiresMs)
        """, new { key.Id, key.Name, key.Role, key.SecretHash, key.CreatedMs, key.CreatedBy, key.ExpiresMs });

    public static void Touch(WriteScope scope, string id, long usedMs) =>
        scope.Execute("UPDATE api_keys SET used_ms=@usedMs WHERE id=@id AND COALESCE(used_ms, 0)<@usedMs", new { id, usedMs });

    /// <returns>False when there is no such key that was still good.</returns>
    public static bool Revoke(WriteScope scope, string id) => scope.Execute(
        "UPDATE api_keys SET revoked_ms=@now WHERE id=@id AND revoked_ms IS NULL", new { id, now = scope.Now.ToUnixTimeMilliseconds() }) == 1;
}
