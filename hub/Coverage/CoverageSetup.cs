using ThreeOneOne.Field.Hub.Ingest;

namespace ThreeOneOne.Field.Hub.Coverage;

public static class CoverageSetup
{
    public static IServiceCollection AddCoverage(this IServiceCollection services, CoverageOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<SegmentDistricts>();
        services.AddSingleton<CoverageRetention>();
        services.AddHostedService(p => p.GetRequiredService<CoverageRetention>());
        services.AddProjection<ProjectCoverage>();
        return services;
    }

    public static void MapCoverage(this IEndpointRouteBuilder routes)
    {
        ReadSegments.Map(routes);
        ReadDistrictCoverage.Map(routes);
    }
}
