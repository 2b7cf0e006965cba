namespace ThreeOneOne.Field.Hub.Vehicles;

public static class VehiclesSetup
{
    public static IServiceCollection AddVehicles(this IServiceCollection services)
    {
        services.AddSingleton<VehicleStore>();
        services.AddSingleton<VehicleRegistry>();
        services.AddSingleton<VehicleStatuses>();
        services.AddSingleton<DownlinkEra>();
        services.AddHostedService(p => p.GetRequiredService<VehicleRegistry>());
        services.AddHostedService(p => p.GetRequiredService<VehicleStatuses>());
        services.AddHostedService(p => p.GetRequiredService<DownlinkEra>());
        return services;
    }

    /// <summary>After the broker, because it holds a session with it and must end before it.</summary>
    public static IServiceCollection AddDownlink(this IServiceCollection services)
    {
        services.AddSingleton<Downlink>();
        services.AddHostedService(p => p.GetRequiredService<Downlink>());
        return services;
    }

    public static void MapVehicles(this IEndpointRouteBuilder routes)
    {
        RegisterVehicle.Map(routes);
        ReadVehicles.Map(routes);
    }
}
