namespace ThreeOneOne.Field.Hub.Backlog;

public static class BacklogSetup
{
    public static IServiceCollection AddBacklog(this IServiceCollection services, BacklogOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<ImportRequests>();
        return services;
    }

    public static void MapBacklog(this IEndpointRouteBuilder routes) => TakeRequests.Map(routes);
}
