using System.Diagnostics;

namespace ThreeOneOne.Field.Hub.Telemetry;

public static class TelemetrySetup
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryOptions options)
    {
        // Without this a call's trace does not say its method.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        services.AddSingleton(options);
        services.AddSingleton<TelemetryWaiting>();
        services.AddSingleton<TimeSeriesClient>();
        services.AddSingleton<StreetPoints>();
        services.AddSingleton<Measure>();
        services.AddSingleton<TelemetrySampler>();
        services.AddHostedService(p => p.GetRequiredService<TelemetrySampler>());
        services.AddSingleton<TelemetryWriter>();
        services.AddHostedService(p => p.GetRequiredService<TelemetryWriter>());
        services.AddSingleton<HubGauges>();
        services.AddSingleton<MetricsReader>();
        services.AddHostedService<CollectorExport>();
        services.AddSingleton<Readiness>();
        return services;
    }

    /// <summary>Names the trace of a call by its route, never by its address.</summary>
    public static void UseTelemetry(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (Activity.Current is { } trace && context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            trace.SetTag("http.route", route);
            trace.DisplayName = $"{context.Request.Method} {route}";
        }

        return next(context);
    });

    public static void MapTelemetry(this IEndpointRouteBuilder routes)
    {
        ReadTelemetry.Map(routes);
        ReadMetrics.Map(routes);
        ReadReadiness.Map(routes);
    }
}
