using Microsoft.Extensions.DependencyInjection.Extensions;
using ThreeOneOne.Field.Hub.Enrolment;
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
        services.AddSingleton(p => SigningKey.Open(p.GetRequiredService<StorageOptions>().Folder));
        services.TryAddSingleton<HandedKeys>();
        services.AddSingleton<DeviceProfilesInbox>();
        services.AddCommitListener<DeviceProfilesInbox>();
        services.AddHostedService<BringDeviceProfiles>();
        return services;
    }

    public static void MapProfiles(this IEndpointRouteBuilder routes)
    {
        SetPin.Map(routes);
        ReadDeviceProfiles.Map(routes);
        BeginRollOut.Map(routes);
        RollBackProfiles.Map(routes);
    }
}
