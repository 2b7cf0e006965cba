using Microsoft.AspNetCore.Authorization;

namespace ThreeOneOne.Field.Hub.Access;

internal sealed class PermissionCheck : AuthorizationHandler<RequirePermissionAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RequirePermissionAttribute requirement)
    {
        if (context.User.Identity is ActorIdentity identity && identity.Permissions.Contains(requirement.Permission))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
