namespace ThreeOneOne.Field.Hub.Storage;

public static class StorageSetup
{
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<ReactionCatalogue>();
        services.AddSingleton<Database>();
        services.AddSingleton<DiskRoom>();
        services.AddHostedService<TakenOverWatch>();
        services.AddHostedService<ReactionRunner>();
        return services;
    }

    /// <summary>Registers a reaction under the stable name that its pending rows carry.</summary>
    public static IServiceCollection AddReaction<TReaction, TEvent>(this IServiceCollection services, string name)
        where TReaction : Reaction<TEvent>
        where TEvent : notnull
    {
        services.AddSingleton(new ReactionEntry(name, typeof(TEvent)));
        services.AddSingleton<IReaction, TReaction>();
        return services;
    }

    /// <summary>Registers a singleton that hears what was committed.</summary>
    public static IServiceCollection AddCommitListener<T>(this IServiceCollection services)
        where T : class, ICommitListener =>
        services.AddSingleton<ICommitListener>(p => p.GetRequiredService<T>());
}
