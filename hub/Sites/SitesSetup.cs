using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Sites;

public static class SitesSetup
{
    public static IServiceCollection AddSites(this IServiceCollection services, SitesOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<PoleMatch>();
        services.AddSingleton<RefoldSites>();
        services.AddSingleton<MarkSites>();
        services.AddSingleton<NoteSites>();
        services.AddReaction<FollowStructures, RoadStructuresChanged>(FollowStructures.ReactionName);
        services.AddProjection<ProjectObservations>();
        return services;
    }

    public static void MapSites(this IEndpointRouteBuilder routes)
    {
        ReadSites.Map(routes);
    }
}
