namespace ThreeOneOne.Field.Hub.Assets;

public static class AssetsSetup
{
    public static IServiceCollection AddAssets(this IServiceCollection services, AssetsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<PoleIndex>();
        services.AddHostedService<ImportStreetLights>();
        return services;
    }
}
