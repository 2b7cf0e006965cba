namespace ThreeOneOne.Field.Hub.Catalogue;

public static class CatalogueSetup
{
    public static IServiceCollection AddCatalogue(this IServiceCollection services, CatalogueOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(p => CatalogueFile.Read(options.File, TimeZoneInfo.FindSystemTimeZoneById(p.GetRequiredService<HubOptions>().TimeZone)));
        return services;
    }

    public static void MapCatalogue(this IEndpointRouteBuilder routes) => ReadCatalogue.Map(routes);
}
