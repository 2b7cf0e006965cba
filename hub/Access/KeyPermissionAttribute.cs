namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// The permission that a key must have which an endpoint reads from its body and checks itself, by <see cref="KeyCheck"/>:
/// for the API's document only.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KeyPermissionAttribute(string permission) : Attribute
{
    public string Permission { get; } = permission;
}
