using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Profiles;

public static class ProfilesSetup
{
    /// <summary>After the downlink, which it sends by.</summary>
    public static IServiceCollection AddProfiles(this IServiceCollection services, ProfilesOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<CrewProfile>();
        services.AddSingleton<ProfilesInbox>();
        services.AddCommitListener<ProfilesInbox>();
        services.AddHostedService<SendProfiles>();
        return services;
    }

    public static void MapProfiles(this IEndpointRouteBuilder routes) => SetPin.Map(routes);
}
