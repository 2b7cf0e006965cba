using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Broker;

public static class BrokerSetup
{
    /// <summary>After storage, vehicles and enrolment, before whatever holds a session.</summary>
    public static IServiceCollection AddBroker(this IServiceCollection services, BrokerOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<SessionEnder>();
        services.AddSingleton<IHubSessions>(p => new BrokerSessions(
            options, p.GetRequiredService<CertificateAuthority>(), p.GetService<EmbeddedBroker>(), p.GetRequiredService<TimeProvider>()));
        if (options.Kind == BrokerKind.Embedded)
        {
            services.AddSingleton<Func<BrokerAccount>>(BrokerAccount.Own);
            services.AddSingleton(p => new EmbeddedBroker(
                options, p.GetRequiredService<StorageOptions>(), p.GetRequiredService<CertificateAuthority>(), p.GetRequiredService<VehicleRegistry>(),
                p.GetRequiredService<BrokerPlace>(), p.GetRequiredService<IdentityWatch>(), p.GetRequiredService<SessionEnder>(), p.GetRequiredService<Func<BrokerAccount>>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<EmbeddedBroker>>()));
            services.AddHostedService(p => p.GetRequiredService<EmbeddedBroker>());
        }
        else
        {
            services.AddHostedService<ExternalBroker>();
        }

        return services;
    }
}
