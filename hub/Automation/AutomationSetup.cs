namespace ThreeOneOne.Field.Hub.Automation;

public static class AutomationSetup
{
    public static IServiceCollection AddAutomation(this IServiceCollection services, AutomationOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<SensorAreas>();
        services.AddSingleton<ProposalGate>();
        services.AddSingleton<FieldLabels>();
        return services;
    }

    public static void MapAutomation(this IEndpointRouteBuilder routes)
    {
        ReadAutomation.Map(routes);
        SetMode.Map(routes);
    }
}
