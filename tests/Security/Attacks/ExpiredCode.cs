using ThreeOneOne.Field.Security.Scene;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>Enrolment codes whose time is over. Their day is set back in the hub's books; the control's is too, by a little less.</summary>
public sealed class ExpiredCode : IAttack
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);
    private readonly Codes codes = new("aged");

    public string Name => "an expired enrolment code";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        var code = await AgeAsync(scene, Life - TimeSpan.FromMinutes(5), stop).ConfigureAwait(false);
        var status = await Codes.SpendAsync(scene, code, code.SecretText, stop).ConfigureAwait(false);
        return status == 200 ? null : $"a code in its last minutes is answered {status}";
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var (tried, let, crashed) = (0, 0, 0);
        foreach (var age in (TimeSpan[])[Life + TimeSpan.FromSeconds(1), Life + TimeSpan.FromHours(1), TimeSpan.FromDays(29), TimeSpan.FromDays(400)])
        {
            var code = await AgeAsync(scene, age, stop).ConfigureAwait(false);
            for (var i = 0; i < 3; i++)
            {
                tried++;
                var status = await Codes.SpendAsync(scene, code, code.SecretText, stop).ConfigureAwait(false);
                if (status < 400) let++;
                if (status >= 500) crashed++;
            }
        }

        return new Tally(tried, let, crashed);
    }

    private async Task<EnrolmentCode> AgeAsync(SecurityScene scene, TimeSpan by, CancellationToken stop)
    {
        var code = await Codes.MakeAsync(scene, await codes.RegisterAsync(scene, stop).ConfigureAwait(false), stop).ConfigureAwait(false);
        return scene.Hub.Books.AgeCode(EnrolmentCode.HashOf(code.SecretText), by) == 1 ? code : throw new InvalidDataException("the hub's books do not hold the code");
    }
}
