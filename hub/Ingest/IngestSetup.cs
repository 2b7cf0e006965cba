using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ThreeOneOne.Field.Hub.Ingest;

public static class IngestSetup
{
    public static IServiceCollection AddIngest(this IServiceCollection services, IngestOptions options)
    {
        services.TryAddSingleton(options);
        services.AddSingleton<IngestStore>();
        services.AddSingleton<TrackStore>();
        services.AddSingleton<DayReading>();
        services.AddSingleton<Ledger>();
        services.AddSingleton<KnownRanges>();
        services.AddSingleton<AsideStore>();
        services.AddSingleton<DecodeStep>();
        services.AddSingleton<CheckStep>();
        services.AddSingleton<DeduplicateStep>();
        services.AddSingleton<StoreStep>();
        services.AddSingleton<ProjectStep>();
        services.AddSingleton<AnswerStep>();
        services.AddSingleton<IngestPipeline>();
        services.AddSingleton<Acknowledgements>();
        services.AddSingleton<LivePositions>();
        services.AddSingleton<LiveCheck>();
        services.AddSingleton<LiveLane>();
        services.AddSingleton<DurableLane>();
        services.AddHostedService(p => p.GetRequiredService<DurableLane>());
        services.AddHostedService(p => p.GetRequiredService<LiveLane>());
        return services;
    }

    /// <summary>Lets go of what has been kept long enough.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services, RetentionOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<Retention>();
        services.AddHostedService(p => p.GetRequiredService<Retention>());
        return services;
    }

    /// <summary>What turns a vehicle's stamps into times; before the capabilities that ask for it.</summary>
    public static IServiceCollection AddClockRepairs(this IServiceCollection services, IngestOptions options)
    {
        services.TryAddSingleton(options);
        services.AddSingleton<TrueTime>();
        services.AddProjection<ProjectClockRepairs>();
        return services;
    }

    /// <summary>Registers a capability's projection; they run in the order of registration.</summary>
    public static IServiceCollection AddProjection<T>(this IServiceCollection services)
        where T : class, IProjection =>
        services.AddSingleton<IProjection, T>();

    public static void MapIngest(this IEndpointRouteBuilder routes)
    {
        ReadLedger.Map(routes);
        ReadAside.Map(routes);
        ReadFigures.Map(routes);
        ReadTrack.Map(routes);
        ReadDayHistory.Map(routes);
        ReadObservations.Map(routes);
        ReadHealth.Map(routes);
        Export.Map(routes);
    }
}
