using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Live;

public static class LiveSetup
{
    public static IServiceCollection AddLive(this IServiceCollection services, LiveOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<LiveInbox>();
        services.AddCommitListener<LiveInbox>();
        services.AddSingleton<LiveUnits>();
        services.AddSingleton<ILivePart>(p => p.GetRequiredService<LiveUnits>());
        services.AddSingleton<LiveTables>();
        services.AddSingleton<ILivePart>(p => p.GetRequiredService<LiveTables>());
        services.AddSingleton<LiveCounts>();
        services.AddSingleton<ILivePart>(p => p.GetRequiredService<LiveCounts>());
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<RequestMap>();
        services.AddHostedService<LiveTicker>();
        return services;
    }

    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        StreamLive.Map(routes);
        ReadLiveFigures.Map(routes);
        ReadRequestMap.Map(routes);
    }
}
