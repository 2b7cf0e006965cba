using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Azure;

public static class AzureSetup
{
    /// <summary>After the broker, whose sessions it joins, and before whatever opens one.</summary>
    public static IServiceCollection AddAzure(this IServiceCollection services, AzureOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<Inboxes>();
        services.AddSingleton<EventCounts>();
        services.AddSingleton<ServiceApi>();
        services.AddSingleton<AzureDownlink>();
        services.AddSingleton<SortEvents>();
        services.AddSingleton<TakeEvents>();
        services.AddSingleton<KeepDevices>();
        if (!options.IsOn) return services;
        services.AddHostedService(p => p.GetRequiredService<KeepDevices>());
        var broker = services.Last(s => s.ServiceType == typeof(IHubSessions));
        services.Remove(broker);
        services.AddSingleton<IHubSessions>(p => new JoinedSessions(
            (IHubSessions)broker.ImplementationFactory!(p), options, p.GetRequiredService<Inboxes>(), p.GetRequiredService<AzureDownlink>()));
        return services;
    }

    public static void MapAzure(this IEndpointRouteBuilder routes)
    {
        var take = routes.ServiceProvider.GetRequiredService<TakeEvents>();
        routes.MapPost(TakeEvents.Path, take.HandleAsync).WithSummary("Take a delivery of Azure Event Grid, with a key of its own");
        routes.MapMethods(TakeEvents.Path, [HttpMethods.Options], (HttpContext context) => take.Consent(context)).WithSummary("Consent to deliveries of CloudEvents from Azure Event Grid");
        ReadAzure.Map(routes);
    }
}
