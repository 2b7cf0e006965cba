using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Webhooks;

public static class WebhooksSetup
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services, WebhooksOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<WebhookHttp>();
        services.AddSingleton<WebhookBody>();
        services.AddSingleton<WebhookPace>();
        services.AddSingleton<WebhookWorker>();
        services.AddSingleton<WebhookBell>();
        services.AddCommitListener<WebhookBell>();
        services.AddReaction<QueueChanged, PublicRequestChanged>(QueueChanged.ReactionName);
        services.AddHostedService<WebhookLoop>();
        return services;
    }

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        CreateWebhook.Map(routes);
        ReadWebhooks.Map(routes);
        ChangeWebhook.Map(routes);
    }
}
