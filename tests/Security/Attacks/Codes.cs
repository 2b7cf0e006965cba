using System.Globalization;
using System.Net.Http.Json;
using ThreeOneOne.Field.Security.Scene;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>Enrolment codes for vehicles of one attack.</summary>
/// <param name="prefix">Of the vehicles' ids.</param>
internal sealed class Codes(string prefix)
{
    private int vehicles;

    public async Task<string> RegisterAsync(SecurityScene scene, CancellationToken stop)
    {
        var id = $"{prefix}-" + (++vehicles).ToString(CultureInfo.InvariantCulture);
        await scene.Hub.Api.PostAsync("api/vehicles", new { id, name = id, kind = "sensor-only" }, stop).ConfigureAwait(false);
        return id;
    }

    public static async Task<EnrolmentCode> MakeAsync(SecurityScene scene, string vehicle, CancellationToken stop)
    {
        var made = await scene.Hub.Api.PostAsync($"api/vehicles/{vehicle}/enrolment-codes", new { }, stop).ConfigureAwait(false) ?? throw new InvalidDataException("the hub makes no code");
        return EnrolmentCode.TryParse(made.GetProperty("code").GetString()!, out var code, out var fault) ? code : throw new InvalidDataException(fault);
    }

    /// <returns>The door's answer to a code that comes with a new key.</returns>
    public static async Task<int> SpendAsync(SecurityScene scene, EnrolmentCode at, string secret, CancellationToken stop)
    {
        using var door = Door.Open(scene, null);
        using var answer = await door.PostAsJsonAsync(new UriBuilder("https", at.Host, at.Port, "vehicle/v1/enrolment").Uri, new { code = secret, csr = Door.NewRequest("CN=thief") }, stop).ConfigureAwait(false);
        return (int)answer.StatusCode;
    }
}
