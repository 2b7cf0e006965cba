using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Enrolment;

public static class EnrolmentSetup
{
    public static IServiceCollection AddEnrolment(this IServiceCollection services, EnrolmentOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<BrokerPlace>();
        services.AddSingleton(p => CertificateAuthority.Open(p.GetRequiredService<StorageOptions>().Folder, options, p.GetRequiredService<TimeProvider>()));
        return services;
    }

    public static void MapEnrolment(this IEndpointRouteBuilder routes) => EnrolVehicle.Map(routes);
}
