using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Hazards;

public static class HazardsSetup
{
    /// <summary>After the work orders, whose history knows what was taken back, and after the downlink.</summary>
    public static IServiceCollection AddHazards(this IServiceCollection services, HazardsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<HazardsInbox>();
        services.AddCommitListener<HazardsInbox>();
        services.AddSingleton<NoteWorks>();
        services.AddProjection<ProjectHazards>();
        services.AddHostedService<SendHazards>();
        return services;
    }

    public static void MapHazards(this IEndpointRouteBuilder routes)
    {
        ReadHazards.Map(routes);
        KeepHazards.Map(routes);
    }
}
