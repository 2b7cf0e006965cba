using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Tests.Broker;

namespace ThreeOneOne.Field.Hub.Tests.Ingest;

/// <summary>The whole way with real mosquitto, TLS and SQLite.</summary>
public sealed class RealBrokerTests
{
    [Fact]
    public async Task What_a_vehicle_sends_is_stored_and_acknowledged_over_restarts_of_the_hub()
    {
        var folder = BrokerHost.NewFolder();
        try
        {
            EnrolledVehicle vehicle;
            await using (var hub = await ComposedHub.StartAsync(folder))
            {
                vehicle = await EnrolledVehicle.EnrolAsync(hub.Client, folder, Sample.Vehicle);
                await vehicle.SendAsync(Sample.LiveTopic, Sample.Encode(Sample.Live(1_000)));
                await vehicle.SendAsync(Sample.UpTopic, Sample.Batch(Sample.Lamp(1), Sample.Track(2)));
                await Support.Eventually.TrueAsync(() => vehicle.Acks.Any(a => a.Ranges is [[1, 2]]), "the acknowledgement");
                Assert.Equal("{\"status\":\"ready\"}", await hub.Client.GetStringAsync(new Uri("/readyz", UriKind.Relative)));
                await Support.Eventually.TrueAsync(
                    () => hub.Services.GetRequiredService<LivePositions>().Newest(Sample.Vehicle) is not null, "the live position");
            }

            await using (vehicle)
            {
                await using var hub = await ComposedHub.StartAsync(folder);
                await vehicle.SendAsync(Sample.UpTopic, Sample.Batch(Sample.Lamp(1), Sample.Lamp(3)));
                await Support.Eventually.TrueAsync(() => vehicle.Acks.Any(a => a.Ranges is [[1, 1], [3, 3]]), "the acknowledgement after the restart");
                var ledger = await hub.Client.GetStringAsync(new Uri("/api/ingest/ledger?vehicle=unit-214", UriKind.Relative));
                Assert.Equal(3, ledger.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
