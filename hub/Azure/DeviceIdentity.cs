using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>
/// Changes the identity of a device, as IoT Hub gave it, into what a revocation or an enrolment here asks for. What else it holds stays,
/// because whoever puts an identity without its keys is given others.
/// </summary>
internal static class DeviceIdentity
{
    /// <summary>Why this hub disabled a device. One that somebody else disabled is not enabled here.</summary>
    public const string Reason = "revoked at the field hub";

    private const int KeyBytes = 32;

    /// <returns>True when it had to be changed.</returns>
    /// <exception cref="InvalidOperationException">It is no identity.</exception>
    public static bool Change(JsonObject device, bool isBarred, IReadOnlyList<string> good)
    {
        var isDisabled = Text(device["status"]) == "disabled";
        if (isBarred)
        {
            if (isDisabled) return false;
            (device["status"], device["statusReason"]) = ("disabled", Reason);
            return true;
        }

        var isOurs = isDisabled && Text(device["statusReason"]) == Reason;
        if (isOurs) (device["status"], device["statusReason"]) = ("enabled", "enrolled again at the field hub");
        var type = Text(device["authentication"]?["type"]);
        // The old key is in hands that were to lose it: the city reads the new one there.
        if (type == "sas") return isOurs && Replace(device, new JsonObject { ["type"] = "sas", ["symmetricKey"] = new JsonObject { ["primaryKey"] = NewKey(), ["secondaryKey"] = NewKey() } });
        // IoT Hub reads no revocation lists: by the authority alone it would take the revoked certificate again.
        var (first, second) = (good.ElementAtOrDefault(0), good.ElementAtOrDefault(1));
        var held = device["authentication"]?["x509Thumbprint"];
        if (first is null || (type == "selfSigned" && Text(held?["primaryThumbprint"]) == first && Text(held?["secondaryThumbprint"]) == second)) return isOurs;
        return Replace(device, new JsonObject { ["type"] = "selfSigned", ["x509Thumbprint"] = new JsonObject { ["primaryThumbprint"] = first, ["secondaryThumbprint"] = second } });
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static bool Replace(JsonObject device, JsonObject authentication)
    {
        device["authentication"] = authentication;
        return true;
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
}
