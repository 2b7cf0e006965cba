using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.WorkOrders;

namespace ThreeOneOne.Field.Hub.Verification;

public static class VerificationSetup
{
    public static IServiceCollection AddVerification(this IServiceCollection services, VerificationOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<CheckRepair>();
        services.AddSingleton<WatchRepairs>();
        services.AddHostedService(p => p.GetRequiredService<WatchRepairs>());
        services.AddReaction<FollowRepairs, OrderChanged>(FollowRepairs.ReactionName);
        services.AddSingleton<IRequestPart, VerificationPart>();
        return services;
    }

    public static void MapVerification(this IEndpointRouteBuilder routes) => ReadRepairs.Map(routes);
}
