namespace ThreeOneOne.Field.Hub.Districts;

public static class DistrictsSetup
{
    public static IServiceCollection AddDistricts(this IServiceCollection services, DistrictsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(_ => DistrictFile.Load(options));
        services.AddSingleton<CityEdge>();
        return services;
    }

    public static void MapDistricts(this IEndpointRouteBuilder routes) => ReadDistricts.Map(routes);
}
