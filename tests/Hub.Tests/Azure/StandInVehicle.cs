using System.Collections.Concurrent;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Azure;

/// <summary>A device that takes direct methods, over the topics of the documentation.</summary>
internal sealed class StandInVehicle : IAsyncDisposable
{
    private readonly MqttPublisher link;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<(string Method, byte[] Message)> taken = new();
    private readonly Task reading;

    private StandInVehicle(MqttPublisher link)
    {
        this.link = link;
        reading = ReadAsync();
    }

    /// <summary>Status that methods are answered with; null: they are not.</summary>
    public int? Answer { get; set; } = 200;

    public IReadOnlyCollection<(string Method, byte[] Message)> Taken => taken;

    public static async Task<StandInVehicle> ConnectAsync(AzureHub run)
    {
        var key = Convert.FromBase64String(run.IotHub.AddDevice(Sample.Vehicle));
        var host = run.IotHub.HostName;
        var link = MqttPublisher.Start(new LinkOptions
        {
            Host = host, Port = run.IotHub.Port, ClientId = Sample.Vehicle, Protocol = MqttProtocol.V311,
            Tls = new TlsOptions(run.Certificates.Client("any").CaFile, "", ""),
            Login = () => new LinkLogin(
                $"{host}/{Sample.Vehicle}/?api-version=2021-04-12", SasToken.Of($"{host}/devices/{Sample.Vehicle}", key, TimeProvider.System.GetUtcNow().AddHours(1)), null),
            Subscriptions = ["$iothub/methods/POST/#"],
        }, TimeProvider.System);
        await Eventually.TrueAsync(() => link.IsConnected, "the device connects");
        return new StandInVehicle(link);
    }

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested) return;
        await stop.CancelAsync();
        await link.DisposeAsync();
        await reading;
    }

    private async Task ReadAsync()
    {
        try
        {
            await foreach (var message in link.Messages(stop.Token))
            {
                var (name, rid) = (message.Topic.Split('/')[3], message.Topic[(message.Topic.IndexOf("$rid=", StringComparison.Ordinal) + 5)..]);
                taken.Enqueue((name, MethodParcel.Read(message.Payload)));
                if (Answer is { } status) await link.PublishAsync($"$iothub/methods/res/{status}/?$rid={rid}", "{}"u8.ToArray(), Qos.AtMostOnce, retain: false, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
