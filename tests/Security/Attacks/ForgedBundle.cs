using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ThreeOneOne.Field.Security.Scene;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>
/// Device profiles that nobody signed whom the vehicle believes, that were changed after they were signed, that are another vehicle's or of
/// another type. The control is one that was signed rightly and does not fit: it is opened and judged, and changes nothing for the others.
/// </summary>
public sealed class ForgedBundle : IAttack
{
    private const int Rounds = 25;

    public string Name => "forged bundles to the agent";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        var version = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await scene.Agent.SendAsync(Lane.DeviceProfile, SignedBundle.Sign(scene.Agent.ProfileKey, SignedBundle.ProfileType, Payload(version)), stop).ConfigureAwait(false);
        await Eventually.TrueAsync(() => scene.Agent.DeviceProfile?.Judged == version, "a bundle that was signed rightly is judged", TimeSpan.FromMinutes(3)).ConfigureAwait(false);
        return null;
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (tried, let) = (0, 0);
        var judged = scene.Agent.DeviceProfile?.Judged;
        for (var i = 0; i < Rounds; i++)
        {
            // Newer than all: only the signature stands in its way.
            var version = TimeProvider.System.GetUtcNow().AddDays(1 + i).ToUnixTimeMilliseconds();
            var right = Encoding.UTF8.GetString(SignedBundle.Sign(scene.Agent.ProfileKey, SignedBundle.ProfileType, Payload(version - 100_000_000_000)));
            var payload = JsonDocument.Parse(right).RootElement.GetProperty("payload").GetString()!;
            var strangers = Encoding.UTF8.GetString(SignedBundle.Sign(stranger, SignedBundle.ProfileType, Payload(version)));
            string[] forged =
            [
                strangers,
                // The stranger's signature under the name of the key that is believed.
                strangers.Replace(SignedBundle.KeyId(stranger), SignedBundle.KeyId(scene.Agent.ProfileKey), StringComparison.Ordinal),
                // A right signature around something else.
                right.Replace(payload, Convert.ToBase64String(Payload(version)), StringComparison.Ordinal),
                right.Replace("\"sig\":\"", "\"sig\":\"AAAA", StringComparison.Ordinal),
                Encoding.UTF8.GetString(SignedBundle.Sign(scene.Agent.ProfileKey, SignedBundle.UpdateType, Payload(version))),
                Encoding.UTF8.GetString(SignedBundle.Sign(scene.Agent.ProfileKey, SignedBundle.ProfileType, Payload(version, "victim"))),
                // What was signed rightly, and is older than what was judged.
                right,
                Encoding.UTF8.GetString(Payload(version)),
            ];
            foreach (var each in forged)
            {
                tried++;
                await scene.Agent.SendAsync(Lane.DeviceProfile, Encoding.UTF8.GetBytes(each), stop).ConfigureAwait(false);
            }
        }

        // An order behind them all: when it is on the screen, they have been judged.
        if (await scene.Agent.GiveOrderAsync(stop).ConfigureAwait(false) is { } fault) throw new InvalidDataException(fault);
        if (scene.Agent.DeviceProfile?.Judged != judged) let++;
        return new Tally(tried, let, 0);
    }

    private static byte[] Payload(long version, string vehicle = SecurityAgent.Vehicle) => JsonSerializer.SerializeToUtf8Bytes(
        new DeviceProfile
        {
            Vehicle = vehicle, Jurisdiction = SecurityScene.Jurisdiction, StateVersion = version, Era = SecurityAgent.Era,
            Settings = JsonSerializer.SerializeToElement(new Dictionary<string, Dictionary<string, int>> { ["NoSuchRoom"] = new() { ["Key"] = 1 } }),
        },
        WireJson.Default.DeviceProfile);
}
