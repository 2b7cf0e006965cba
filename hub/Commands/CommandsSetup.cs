using ThreeOneOne.Field.Hub.Enrolment;
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
        services.AddSingleton<IEnrolmentStep, EndWipes>();
        services.AddSingleton<CommandsInbox>();
        services.AddCommitListener<CommandsInbox>();
        services.AddHostedService<SendCommands>();
        services.AddSingleton<CommandFiles>();
        services.AddSingleton<DropFiles>();
        services.AddHostedService(p => p.GetRequiredService<DropFiles>());
        return services;
    }

    public static void MapCommands(this IEndpointRouteBuilder routes)
    {
        GiveCommand.Map(routes);
        CancelCommand.Map(routes);
        ReadCommands.Map(routes);
        ReadCommandFile.Map(routes);
    }
}
