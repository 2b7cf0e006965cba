using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Responsibility;

public static class ResponsibilitySetup
{
    public static IServiceCollection AddResponsibility(this IServiceCollection services, ResponsibilityOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(_ => RulesFile.Load(options.File));
        services.AddSingleton<Responsibilities>();
        services.AddReaction<OnRequestOpened, RequestOpened>(OnRequestOpened.ReactionName);
        return services;
    }

    public static void MapResponsibility(this IEndpointRouteBuilder routes)
    {
        ReadResponsibility.Map(routes);
        DecideResponsibility.Map(routes);
        AnswerReferral.Map(routes);
    }
}
