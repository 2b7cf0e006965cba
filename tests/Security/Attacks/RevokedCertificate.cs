using System.Globalization;
using ThreeOneOne.Field.Security.Scene;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>A vehicle's certificate that the city took back: its open session, and new ones.</summary>
public sealed class RevokedCertificate : IAttack
{
    private const int Times = 10;

    // The promise: a revocation ends live sessions within this time.
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    private int vehicles;

    public string Name => "a revoked certificate";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop) =>
        await Broker.IsLetInAsync(await EnrolAsync(scene, stop).ConfigureAwait(false), scene.Hub.BrokerPort, stop).ConfigureAwait(false) ? null : "one that is not revoked is refused";

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var identity = await EnrolAsync(scene, stop).ConfigureAwait(false);
        var let = 0;
        await using (var open = identity.Connect(scene.Hub.BrokerPort))
        {
            await Eventually.TrueAsync(() => open.IsConnected, "the session is open", TimeSpan.FromMinutes(2)).ConfigureAwait(false);
            await scene.Hub.Api.PostAsync($"api/vehicles/{identity.Id}/revocation", new { reason = "stolen" }, stop).ConfigureAwait(false);
            try
            {
                await Eventually.TrueAsync(() => !open.IsConnected, "the session ends", Within).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                let++;
            }
        }

        for (var i = 0; i < Times; i++)
            if (await Broker.IsLetInAsync(identity, scene.Hub.BrokerPort, stop).ConfigureAwait(false)) let++;
        return new Tally(1 + Times, let, 0);
    }

    private Task<Identity> EnrolAsync(SecurityScene scene, CancellationToken stop) =>
        Identity.EnrolAsync(scene.Hub.Api, scene.Options.Folder, "stolen-" + (++vehicles).ToString(CultureInfo.InvariantCulture), "sensor-only", stop);
}
