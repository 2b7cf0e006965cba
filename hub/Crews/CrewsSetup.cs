using ThreeOneOne.Field.Hub.Ingest;

namespace ThreeOneOne.Field.Hub.Crews;

public static class CrewsSetup
{
    public static IServiceCollection AddCrews(this IServiceCollection services, CrewsOptions? options = null)
    {
        services.AddSingleton(options ?? new CrewsOptions());
        services.AddSingleton<EndForgottenShifts>();
        services.AddHostedService(p => p.GetRequiredService<EndForgottenShifts>());
        return services.AddProjection<ProjectShifts>();
    }

    public static void MapCrews(this IEndpointRouteBuilder routes)
    {
        RegisterCrew.Map(routes);
        RadioStatus.Map(routes);
        ReadCrews.Map(routes);
    }
}
