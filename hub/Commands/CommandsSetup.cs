using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Commands;

public static class CommandsSetup
{
    /// <summary>After the downlink, which it sends by.</summary>
    public static IServiceCollection AddCommands(this IServiceCollection services, CommandsOptions options)
    {
        services.AddSingleton(options);
        services.AddProjection<ProjectResults>();
        services.AddSingleton<CommandsInbox>();
        services.AddCommitListener<CommandsInbox>();
        services.AddHostedService<SendCommands>();
        return services;
    }

    public static void MapCommands(this IEndpointRouteBuilder routes)
    {
        GiveCommand.Map(routes);
        ReadCommands.Map(routes);
    }
}
