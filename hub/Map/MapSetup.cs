using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Map;

public static class MapSetup
{
    public static IServiceCollection AddMap(this IServiceCollection services, MapOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<PageFiles>();
        services.AddSingleton<BaseMap>();
        if (options.TilesUrl.Length > 0) services.AddSingleton(new TrustedOrigin(new Uri(options.TilesUrl).GetLeftPart(UriPartial.Authority)));
        return services;
    }

    public static IEndpointRouteBuilder MapMap(this IEndpointRouteBuilder routes)
    {
        routes.ServiceProvider.GetRequiredService<BaseMap>().Map(routes);
        routes.ServiceProvider.GetRequiredService<PageFiles>().Map(routes);
        return routes;
    }
}
