using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

public static class TicketsSetup
{
    public static IServiceCollection AddTickets(this IServiceCollection services, TicketsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<NoteReport>();
        services.AddSingleton<OpenTicket>();
        services.AddSingleton<ChangeTicket>();
        services.AddSingleton<LinkRequests>();
        services.AddSingleton<ReportRequest>();
        services.AddSingleton<DecideRequest>();
        services.AddHostedService<WatchTargets>();
        services.AddSingleton<FollowWork>();
        services.AddSingleton<FollowResponsibility>();
        services.AddSingleton<ProposeRequest>();
        services.AddSingleton<IRequestPart, AutomationPart>();
        services.AddSingleton<IRequestPart, ReferencePart>();
        services.AddSingleton<ReviewRequest>();
        services.AddSingleton<ReleaseHeld>();
        services.AddHostedService(p => p.GetRequiredService<ReleaseHeld>());
        services.AddReaction<FollowSites, SiteChanged>(FollowSites.ReactionName);
        services.AddSingleton<SuspendTargets>();
        services.AddReaction<OnTargetsSuspended, TargetsSuspended>(OnTargetsSuspended.ReactionName);
        services.AddReaction<OnTargetsResumed, TargetsResumed>(OnTargetsResumed.ReactionName);
        return services;
    }

    public static void MapTickets(this IEndpointRouteBuilder routes)
    {
        OpenByHand.Map(routes);
        ReadRequests.Map(routes);
        ReviewRequest.Map(routes);
        HotSpots.Map(routes);
        EditRequest.Map(routes);
        DecideRequest.Map(routes);
        MergeRequests.Map(routes);
        AddNote.Map(routes);
        AddMedia.Map(routes);
        AddKnownMedia.Map(routes);
        PublishEntry.Map(routes);
        ReadTargetAlerts.Map(routes);
    }
}
