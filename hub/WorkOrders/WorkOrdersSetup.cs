using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Responsibility;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.WorkOrders;

public static class WorkOrdersSetup
{
    public static IServiceCollection AddWorkOrders(this IServiceCollection services, WorkOrdersOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(_ => RateTable.Load(options.RatesFile));
        services.AddSingleton<CostOrder>();
        services.AddSingleton<OrderMaker>();
        services.AddSingleton<OfficeChange>();
        services.AddSingleton<ReadCandidates>();
        services.AddSingleton<AssignMany>();
        services.AddSingleton<RadioReport>();
        services.AddSingleton<InspectionFinding>();
        services.AddSingleton<CrewReport>();
        services.AddSingleton<ContractorFeed>();
        services.AddCommitListener<ContractorFeed>();
        services.AddSingleton<RunRoutes>();
        services.AddHostedService(p => p.GetRequiredService<RunRoutes>());
        services.AddSingleton<CreateOrder>();
        services.AddSingleton<RefoldOrders>();
        services.AddSingleton<FixedHere>();
        services.AddSingleton<FillRuns>();
        services.AddSingleton<TakeAction>();
        services.AddSingleton<HandOutWork>();
        services.AddProjection<ProjectActions>();
        services.AddReaction<OnWorkCleared, WorkCleared>(OnWorkCleared.ReactionName);
        services.AddReaction<OnWorkStopped, WorkStopped>(OnWorkStopped.ReactionName);
        services.AddReaction<OnRequestWithdrawn, RequestWithdrawn>(OnRequestWithdrawn.ReactionName);
        services.AddReaction<OnRequestEnded, RequestEnded>(OnRequestEnded.ReactionName);
        services.AddReaction<OnCrewChanged, CrewChanged>(OnCrewChanged.ReactionName);
        services.AddReaction<OnOrderDone, OrderChanged>(OnOrderDone.ReactionName);
        return services;
    }

    /// <summary>After the downlink, which it sends by.</summary>
    public static IServiceCollection AddOrdersDownlink(this IServiceCollection services)
    {
        services.AddSingleton<OrdersInbox>();
        services.AddCommitListener<OrdersInbox>();
        services.AddHostedService<SendOrders>();
        return services;
    }

    public static void MapWorkOrders(this IEndpointRouteBuilder routes)
    {
        CreateOrder.Map(routes);
        AssignOrder.Map(routes);
        AssignMany.Map(routes);
        CancelOrder.Map(routes);
        RadioReport.Map(routes);
        ReviewOrder.Map(routes);
        Emergency.Map(routes);
        ReadCrewAlerts.Map(routes);
        ReadCosts.Map(routes);
        CityEvents.Map(routes);
        InspectionRoutes.Map(routes);
        ContractorOrders.Map(routes);
        ReadOrders.Map(routes);
        ReadCandidates.Map(routes);
    }
}
