namespace ThreeOneOne.Field.Hub.Streets;

public static class StreetsSetup
{
    public static IServiceCollection AddStreets(this IServiceCollection services, StreetsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(p => StreetFiles.Read(options, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => p.GetRequiredService<StreetLayers>().Map);
        services.AddSingleton<TravelTimes>();
        services.AddSingleton<AddressBook>();
        services.AddHostedService<TellStreets>();
        return services;
    }
}
