using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.StreetLights;

public static class StreetLightsSetup
{
    /// <summary>After sites: their fold of a batch comes first.</summary>
    public static IServiceCollection AddStreetLights(this IServiceCollection services, StreetLightsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<DarkRow>();
        services.AddSingleton<RefoldLights>();
        services.AddProjection<ProjectLights>();
        services.AddReaction<FollowMarks, SiteChanged>(FollowMarks.ReactionName);
        return services;
    }

    public static void MapStreetLights(this IEndpointRouteBuilder routes)
    {
        ReadLightMap.Map(routes);
        ReadLightStates.Map(routes);
        LookAtLight.Map(routes);
    }
}
