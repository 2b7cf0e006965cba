namespace ThreeOneOne.Field.Hub.Updates;

public static class UpdatesSetup
{
    public static IServiceCollection AddUpdates(this IServiceCollection services, UpdatesOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<UpdateFiles>();
        return services;
    }

    public static void MapUpdates(this IEndpointRouteBuilder routes)
    {
        AskUpdate.Map(routes);
        ServeArchive.Map(routes);
    }
}
