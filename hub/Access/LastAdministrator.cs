using System.Data.Common;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>The hub keeps one person who can let others in: the last one is neither removed nor given a lesser role.</summary>
internal static class LastAdministrator
{
    public const string Fault = "This is the last person who can let others in.";

    /// <param name="connection">Inside the transaction that would change it.</param>
    /// <param name="name">Whom the change is about.</param>
    /// <param name="newRole">The role to be given; null for removal.</param>
    public static bool Is(DbConnection connection, string? name, string? newRole)
    {
        if (PeopleStore.ByName(connection, name ?? "") is not { DisabledMs: null, SignedInMs: not null } person) return false;
        return IsAdministrator(connection, person.Role) && !IsAdministrator(connection, newRole ?? "")
            && PeopleStore.CountAdministrators(connection) == 1;
    }

    private static bool IsAdministrator(DbConnection connection, string role) =>
        PeopleStore.PermissionsOf(connection, role).Contains(Permissions.PeopleWrite);
}
