using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>SQL of sessions.</summary>
internal static class SessionStore
{
    /// <returns>The token for the cookie; only its hash is stored.</returns>
    public static string Open(WriteScope scope, Person person, bool byLink, AccessOptions options)
    {
        var token = Secrets.NewToken();
        var now = scope.Now;
        scope.Execute("DELETE FROM sessions WHERE expires_ms<@now", new { now = now.ToUnixTimeMilliseconds() });
        scope.Execute(
            "INSERT INTO sessions (token_hash, person, by_link, created_ms, seen_ms, expires_ms) VALUES (@hash, @person, @byLink, @now, @now, @expires)",
            new
            {
                hash = Secrets.Hash(token),
                person = person.Id,
                byLink,
                now = now.ToUnixTimeMilliseconds(),
                expires = now.AddHours(options.SessionHours).ToUnixTimeMilliseconds(),
            });
        PeopleStore.SetSignedIn(scope, person.Id);
        return token;
    }

    /// <returns>The session's person, or null when it is unknown, ended or too long idle.</returns>
    public static Person? Find(DbConnection connection, string tokenHash, DateTimeOffset now, AccessOptions options) =>
        connection.QueryFirstOrDefault<Person>(
            """
            SELECT p.id AS Id, p.name AS Name, p.role AS Role FROM sessions s JOIN people p ON p.id=s.person
            WHERE s.token_hash=@tokenHash AND s.expires_ms>@now AND s.seen_ms>@idle AND p.disabled_ms IS NULL
            """,
            new { tokenHash, now = now.ToUnixTimeMilliseconds(), idle = now.AddHours(-options.SessionIdleHours).ToUnixTimeMilliseconds() });

    /// <summary>True when the session was opened by a one-time link since <paramref name="since"/>: then its person may choose a password without the old one.</summary>
    public static bool IsFreshLink(DbConnection connection, string tokenHash, DateTimeOffset since) => connection.ExecuteScalar<int>(
        "SELECT COUNT(*) FROM sessions WHERE token_hash=@tokenHash AND by_link=1 AND created_ms>@since",
        new { tokenHash, since = since.ToUnixTimeMilliseconds() }) > 0;

    public static void Touch(WriteScope scope, string tokenHash, long seenMs) =>
        scope.Execute("UPDATE sessions SET seen_ms=@seenMs WHERE token_hash=@tokenHash AND seen_ms<@seenMs", new { tokenHash, seenMs });

    public static void End(WriteScope scope, string tokenHash) =>
        scope.Execute("DELETE FROM sessions WHERE token_hash=@tokenHash", new { tokenHash });

    /// <summary>Ends all sessions of a person but <paramref name="keep"/>.</summary>
    public static void EndAll(WriteScope scope, string person, string keep = "") =>
        scope.Execute("DELETE FROM sessions WHERE person=@person AND token_hash<>@keep", new { person, keep });
}
