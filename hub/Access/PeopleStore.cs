using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>SQL of people, roles and one-time links.</summary>
internal static class PeopleStore
{
    private const string Columns =
        "id AS Id, name AS Name, role AS Role, password AS Password, created_ms AS CreatedMs, signed_in_ms AS SignedInMs, disabled_ms AS DisabledMs";

    /// <summary>Names are compared without case and outer blanks.</summary>
    public static string NameKey(string name) => name.Trim().ToLowerInvariant();

    public static Person? ByName(DbConnection connection, string name) =>
        connection.QueryFirstOrDefault<Person>($"SELECT {Columns} FROM people WHERE name_key=@key", new { key = NameKey(name) });

    public static Person? ById(DbConnection connection, string id) =>
        connection.QueryFirstOrDefault<Person>($"SELECT {Columns} FROM people WHERE id=@id", new { id });

    public static IReadOnlyList<Person> All(DbConnection connection) =>
        connection.Query<Person>($"SELECT {Columns} FROM people ORDER BY name_key").AsList();

    /// <summary>The permissions of a role; empty when there is no such role.</summary>
    public static IReadOnlySet<string> PermissionsOf(DbConnection connection, string role) =>
        connection.Query<string>("SELECT permission FROM role_permissions WHERE role=@role", new { role }).ToHashSet(StringComparer.Ordinal);

    public static IReadOnlyList<string> Roles(DbConnection connection) =>
        connection.Query<string>("SELECT name FROM roles ORDER BY name").AsList();

    /// <summary>People who may hand out access and have proven that they can sign in.</summary>
    public static int CountAdministrators(DbConnection connection) => connection.ExecuteScalar<int>(
        """
        SELECT COUNT(*) FROM people p JOIN role_permissions r ON r.role=p.role AND r.permission=@permission
        WHERE p.disabled_ms IS NULL AND p.signed_in_ms IS NOT NULL
        """, new { permission = Permissions.PeopleWrite });

    public static void Insert(WriteScope scope, Person person) => scope.Execute(
        "INSERT INTO people (id, name, name_key, role, created_ms) VALUES (@Id, @Name, @key, @Role, @CreatedMs)",
        new { person.Id, person.Name, person.Role, person.CreatedMs, key = NameKey(person.Name) });

    /// <summary>Gives a person a role; somebody who had been removed is back with it.</summary>
    public static void SetRole(WriteScope scope, string id, string role) =>
        scope.Execute("UPDATE people SET role=@role, disabled_ms=NULL WHERE id=@id", new { id, role });

    public static void SetPassword(WriteScope scope, string id, string hash) =>
        scope.Execute("UPDATE people SET password=@hash WHERE id=@id", new { id, hash });

    public static void SetSignedIn(WriteScope scope, string id) =>
        scope.Execute("UPDATE people SET signed_in_ms=@now WHERE id=@id", new { id, now = scope.Now.ToUnixTimeMilliseconds() });

    /// <summary>A removed person keeps the row, which the audit log names, and loses password and links.</summary>
    public static void Disable(WriteScope scope, string id)
    {
        scope.Execute("UPDATE people SET disabled_ms=@now, password=NULL WHERE id=@id", new { id, now = scope.Now.ToUnixTimeMilliseconds() });
        scope.Execute("DELETE FROM sign_in_links WHERE person=@id", new { id });
        SecondFactorStore.Remove(scope, id);
    }

    /// <summary>A new link ends the person's older ones.</summary>
    public static void InsertLink(WriteScope scope, string person, string tokenHash, TimeSpan lifetime)
    {
        var now = scope.Now;
        scope.Execute("DELETE FROM sign_in_links WHERE person=@person OR expires_ms<@now", new { person, now = now.ToUnixTimeMilliseconds() });
        scope.Execute(
            "INSERT INTO sign_in_links VALUES (@tokenHash, @person, @now, @expires)",
            new { tokenHash, person, now = now.ToUnixTimeMilliseconds(), expires = (now + lifetime).ToUnixTimeMilliseconds() });
    }

    /// <returns>Whose link it is; null when it is unknown, used, or too old.</returns>
    public static Person? ByLink(DbConnection connection, string tokenHash, DateTimeOffset now) => connection.QueryFirstOrDefault<Person>(
        $"SELECT {Columns} FROM people WHERE disabled_ms IS NULL AND id=(SELECT person FROM sign_in_links WHERE token_hash=@tokenHash AND expires_ms>@now)",
        new { tokenHash, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Uses a link up.</summary>
    /// <returns>Whose it was; null when it is unknown, used, or too old.</returns>
    public static Person? TakeLink(WriteScope scope, string tokenHash)
    {
        var person = scope.QueryFirstOrDefault<Person>(
            $"SELECT {Columns} FROM people WHERE disabled_ms IS NULL AND id=(SELECT person FROM sign_in_links WHERE token_hash=@tokenHash AND expires_ms>@now)",
            new { tokenHash, now = scope.Now.ToUnixTimeMilliseconds() });
        scope.Execute("DELETE FROM sign_in_links WHERE token_hash=@tokenHash", new { tokenHash });
        return person;
    }
}
