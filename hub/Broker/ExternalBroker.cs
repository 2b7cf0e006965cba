using ThreeOneOne.Field.Hub.Enrolment;

namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>Tells enrolment where the city's own broker is.</summary>
internal sealed class ExternalBroker(BrokerOptions options, BrokerPlace place) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        place.Current = new BrokerPlace.Address(options.VehicleHost.Length > 0 ? options.VehicleHost : options.OwnHost, options.Port);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
