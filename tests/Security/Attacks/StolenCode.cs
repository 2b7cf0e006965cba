using System.Security.Cryptography;
using ThreeOneOne.Field.Security.Scene;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>Enrolment codes that were used by somebody else's key, replaced by a newer one, taken back by a revocation, or guessed.</summary>
public sealed class StolenCode : IAttack
{
    private const int Guesses = 200;
    private readonly Codes codes = new("coded");

    public string Name => "stolen, used, replaced and guessed codes";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        var code = await Codes.MakeAsync(scene, await codes.RegisterAsync(scene, stop).ConfigureAwait(false), stop).ConfigureAwait(false);
        var status = await Codes.SpendAsync(scene, code, code.SecretText, stop).ConfigureAwait(false);
        return status == 200 ? null : $"a good code is answered {status}";
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var (tried, let, crashed) = (0, 0, 0);
        async Task StealAsync(EnrolmentCode code, string secret)
        {
            tried++;
            var status = await Codes.SpendAsync(scene, code, secret, stop).ConfigureAwait(false);
            if (status < 400) let++;
            if (status >= 500) crashed++;
        }

        var used = await Codes.MakeAsync(scene, await codes.RegisterAsync(scene, stop).ConfigureAwait(false), stop).ConfigureAwait(false);
        if (await Codes.SpendAsync(scene, used, used.SecretText, stop).ConfigureAwait(false) != 200) throw new InvalidDataException("the owner cannot spend the code");
        // Each with a key of its own: the thief's.
        for (var i = 0; i < 5; i++) await StealAsync(used, used.SecretText).ConfigureAwait(false);

        var vehicle = await codes.RegisterAsync(scene, stop).ConfigureAwait(false);
        var older = await Codes.MakeAsync(scene, vehicle, stop).ConfigureAwait(false);
        var newer = await Codes.MakeAsync(scene, vehicle, stop).ConfigureAwait(false);
        for (var i = 0; i < 5; i++) await StealAsync(older, older.SecretText).ConfigureAwait(false);
        await scene.Hub.Api.PostAsync($"api/vehicles/{vehicle}/revocation", new { reason = "stolen" }, stop).ConfigureAwait(false);
        for (var i = 0; i < 5; i++) await StealAsync(newer, newer.SecretText).ConfigureAwait(false);

        const string alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        for (var i = 0; i < Guesses; i++) await StealAsync(newer, RandomNumberGenerator.GetString(alphabet, newer.SecretText.Length)).ConfigureAwait(false);
        foreach (var odd in (string[])["", "%", "' OR 1=1 --", new string('0', 10_000), newer.Format()]) await StealAsync(newer, odd).ConfigureAwait(false);
        return new Tally(tried, let, crashed);
    }
}
