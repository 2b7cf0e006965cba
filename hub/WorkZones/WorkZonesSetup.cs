namespace ThreeOneOne.Field.Hub.WorkZones;

public static class WorkZonesSetup
{
    public static IServiceCollection AddWorkZones(this IServiceCollection services) => services.AddSingleton<ImportWorkZones>();

    public static void MapWorkZones(this IEndpointRouteBuilder routes)
    {
        TakeWorkZones.Map(routes);
        ReadWorkZones.Map(routes);
    }
}
