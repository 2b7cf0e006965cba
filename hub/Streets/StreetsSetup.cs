namespace ThreeOneOne.Field.Hub.Streets;

public static class StreetsSetup
{
    public static IServiceCollection AddStreets(this IServiceCollection services, StreetsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(_ => StreetFiles.Load(options));
        return services;
    }
}
