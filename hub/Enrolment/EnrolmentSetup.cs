using Microsoft.AspNetCore.Server.Kestrel.Core;
using ThreeOneOne.Field.Hub.Access;
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
        services.AddSingleton<EnrolmentSteps>();
        services.AddSingleton<CodeLimiter>();
        services.AddSingleton<IdentityWatch>();
        services.AddSingleton<VehicleStandings>();
        services.AddSingleton(p => CertificateAuthority.Open(p.GetRequiredService<StorageOptions>().Folder, options, p.GetRequiredService<TimeProvider>()));
        services.AddOptions<KestrelServerOptions>().Configure<DoorPlace, CertificateAuthority, EnrolmentOptions, AccessOptions>(VehicleDoor.Listen);
        return services;
    }

    /// <summary>After the broker, which must be there to be told.</summary>
    public static IServiceCollection AddIdentityWatch(this IServiceCollection services) => services.AddHostedService(p => p.GetRequiredService<IdentityWatch>());

    /// <summary>The vehicles' door, before people's sign-in.</summary>
    public static void UseEnrolment(this IApplicationBuilder app) => VehicleDoor.Use(app);

    public static void MapEnrolment(this IEndpointRouteBuilder routes)
    {
        EnrolVehicle.Map(routes);
        ReadAuthority.Map(routes);
        ReadIdentity.Map(routes);
        MakeCode.Map(routes);
        RevokeVehicle.Map(routes);
        TakeCode.Map(routes);
        RenewCertificate.Map(routes);
    }
}
