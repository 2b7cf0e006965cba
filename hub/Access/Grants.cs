using System.Data.Common;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>Nobody hands out a permission that they do not have themselves.</summary>
internal static class Grants
{
    public const string Fault = "This role may do more than you may yourself.";

    public static bool Exceed(DbConnection connection, ActorIdentity giver, string? role) =>
        !PeopleStore.PermissionsOf(connection, role ?? "").IsSubsetOf(giver.Permissions);
}
