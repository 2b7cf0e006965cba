using Microsoft.AspNetCore.Authorization;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>The permission that an endpoint asks for; put on it by <see cref="AccessEndpoints.RequirePermission"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequirePermissionAttribute(string permission) : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public string Permission { get; } = permission;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}
