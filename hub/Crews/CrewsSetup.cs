using ThreeOneOne.Field.Hub.Ingest;

namespace ThreeOneOne.Field.Hub.Crews;

public static class CrewsSetup
{
    public static IServiceCollection AddCrews(this IServiceCollection services) => services.AddProjection<ProjectShifts>();

    public static void MapCrews(this IEndpointRouteBuilder routes)
    {
        RegisterCrew.Map(routes);
        ReadCrews.Map(routes);
    }
}
