using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.CitySystem;

public static class CitySystemSetup
{
    /// <param name="services">The hub's.</param>
    /// <param name="options">Without an address nothing is sent, but what is there can be seen.</param>
    /// <param name="handler">The way to the network; null: the network itself.</param>
    public static IServiceCollection AddCitySystem(this IServiceCollection services, CitySystemOptions options, Func<HttpMessageHandler>? handler = null)
    {
        services.AddSingleton(options);
        services.AddSingleton<CityPace>();
        services.AddSingleton(p => new CityHttp(options, handler?.Invoke() ?? CityHttp.Handler(options), p.GetRequiredService<CityPace>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CityClient>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<SettlePushes>();
        services.AddSingleton<LearnEcho>();
        services.AddSingleton<PushWorker>();
        services.AddSingleton<PushBell>();
        services.AddCommitListener<PushBell>();
        services.AddSingleton<TakeOver>();
        services.AddSingleton<PullWorker>();
        if (!options.IsOn) return services;
        if (options.Pull) services.AddHostedService<PullLoop>();
        if (!options.Push) return services;
        services.AddReaction<PushOpened, RequestOpened>(PushOpened.ReactionName);
        services.AddReaction<PushUpdated, RequestUpdated>(PushUpdated.ReactionName);
        services.AddReaction<RecallWithdrawn, RequestWithdrawn>(RecallWithdrawn.ReactionName);
        services.AddReaction<NotePassedOn, PassedOn>(NotePassedOn.ReactionName);
        services.AddHostedService<PushLoop>();
        return services;
    }

    public static void MapCitySystem(this IEndpointRouteBuilder routes)
    {
        ReadPushes.Map(routes);
        SettlePush.Map(routes);
        ReadCityHealth.Map(routes);
    }
}
