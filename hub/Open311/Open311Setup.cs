using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Open311;

public static class Open311Setup
{
    public static IServiceCollection AddOpen311(this IServiceCollection services, Open311Options options)
    {
        services.AddSingleton(options);
        services.AddSingleton<GeoBody>();
        services.AddSingleton<GeoReport>();
        services.AddSingleton<GeoFallback>();
        services.AddSingleton<GeoResources>();
        services.AddSingleton<RequestView>();
        services.AddSingleton<PublicRequests>();
        services.AddSingleton<ReadPublicMedia>();
        services.AddSingleton<ExportRequests>();
        services.AddSingleton<Discovery>();
        services.AddSingleton<ReadServices>();
        services.AddSingleton<ReadServiceRequests>();
        services.AddSingleton<TakeReport>();
        services.AddSingleton<ReadToken>();
        services.AddSingleton<ReadUpdates>();
        services.AddSingleton<TakeUpdate>();
        services.AddHostedService<ForgetReporters>();
        // Before the framework's own, which would answer with problem+json.
        services.Insert(0, ServiceDescriptor.Singleton<IProblemDetailsWriter, GeoProblems>());
        return services;
    }

    public static void MapOpen311(this IEndpointRouteBuilder routes)
    {
        var report = routes.ServiceProvider.GetRequiredService<GeoReport>();
        var resources = routes.ServiceProvider.GetRequiredService<GeoResources>();
        foreach (var resource in resources.All)
        {
            Map(routes, report, resource, $"{GeoReport.Endpoint}/{resource.Path}.{{format}}");
            // Programs look for it at the root of the server's own folder, too.
            if (resource.Path == "discovery") Map(routes, report, resource, $"{GeoReport.Root}/{resource.Path}.{{format}}");
        }

        var fallback = routes.ServiceProvider.GetRequiredService<GeoFallback>();
        routes.MapMethods(GeoReport.Root + "/{**path}", GeoFallback.Methods, (RequestDelegate)fallback.RunAsync).ExcludeFromDescription();
        ReadPublicMedia.Map(routes);
        ExportRequests.Map(routes);
        ReadReporter.Map(routes);
        PlaceReport.Map(routes);
    }

    private static void Map(IEndpointRouteBuilder routes, GeoReport report, GeoResource resource, string pattern)
    {
        Delegate handle = (HttpContext context) => report.RunAsync(
            context, resource, context.GetRouteValue("format") as string ?? "", context.GetRouteValue("id") as string ?? "");
        var endpoint = routes.MapMethods(pattern, [resource.Method], handle).WithSummary(resource.Summary).WithMetadata(new GeoParametersAttribute(resource.Parameters));
        if (resource.Permission is { } permission) endpoint.WithMetadata(new KeyPermissionAttribute(permission));
    }
}
