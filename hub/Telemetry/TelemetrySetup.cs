namespace ThreeOneOne.Field.Hub.Telemetry;

public static class TelemetrySetup
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<TelemetryWaiting>();
        services.AddSingleton<TimeSeriesClient>();
        services.AddSingleton<StreetPoints>();
        services.AddSingleton<Measure>();
        services.AddSingleton<TelemetrySampler>();
        services.AddHostedService(p => p.GetRequiredService<TelemetrySampler>());
        services.AddSingleton<TelemetryWriter>();
        services.AddHostedService(p => p.GetRequiredService<TelemetryWriter>());
        return services;
    }

    public static void MapTelemetry(this IEndpointRouteBuilder routes) => ReadTelemetry.Map(routes);
}
