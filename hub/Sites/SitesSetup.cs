using ThreeOneOne.Field.Hub.Ingest;

namespace ThreeOneOne.Field.Hub.Sites;

public static class SitesSetup
{
    public static IServiceCollection AddSites(this IServiceCollection services, SitesOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<RefoldSites>();
        services.AddSingleton<MarkSites>();
        services.AddSingleton<IProjection, ProjectObservations>();
        return services;
    }
}
