using Microsoft.AspNetCore.Server.Kestrel.Core;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Enrolment;

public static class EnrolmentSetup
{
    public static IServiceCollection AddEnrolment(this IServiceCollection services, EnrolmentOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<BrokerPlace>();
        services.AddSingleton<DoorPlace>();
        services.AddSingleton<DoorJudge>();
        services.AddSingleton<HandedKeys>();
        services.AddSingleton<IdentityDesk>();
        services.AddSingleton(p => CertificateAuthority.Open(p.GetRequiredService<StorageOptions>().Folder, options, p.GetRequiredService<TimeProvider>()));
        services.AddOptions<KestrelServerOptions>().Configure<DoorPlace, CertificateAuthority>(VehicleDoor.Listen);
        return services;
    }

    /// <summary>The vehicles' door, before people's sign-in.</summary>
    public static void UseEnrolment(this IApplicationBuilder app) => VehicleDoor.Use(app);

    public static void MapEnrolment(this IEndpointRouteBuilder routes)
    {
        EnrolVehicle.Map(routes);
        ReadAuthority.Map(routes);
        ReadIdentity.Map(routes);
    }
}
