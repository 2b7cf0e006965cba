using System.Text.Json.Nodes;

namespace ThreeOneOne.Field.Support.IotHub;

/// <summary>
/// Identities of devices as the registry gives and takes them.
/// https://learn.microsoft.com/rest/api/iothub/service/devices/create-or-update-identity
/// </summary>
internal static class IdentityRegistry
{
    private const int LongestReason = 128;

    public static JsonObject Read(StandInDevice device) => new()
    {
        ["deviceId"] = device.Id,
        ["etag"] = device.ETag,
        ["generationId"] = "638000000000000000",
        ["connectionState"] = device.Session is null ? "Disconnected" : "Connected",
        ["status"] = device.IsDisabled ? "disabled" : "enabled",
        ["statusReason"] = device.StatusReason,
        ["capabilities"] = new JsonObject { ["iotEdge"] = false },
        ["authentication"] = new JsonObject
        {
            ["type"] = device.Key is not null ? "sas" : device.Thumbprints.Count > 0 ? "selfSigned" : "certificateAuthority",
            ["symmetricKey"] = new JsonObject { ["primaryKey"] = Text(device.Key), ["secondaryKey"] = Text(device.SecondKey) },
            ["x509Thumbprint"] = new JsonObject { ["primaryThumbprint"] = device.Thumbprints.ElementAtOrDefault(0), ["secondaryThumbprint"] = device.Thumbprints.ElementAtOrDefault(1) },
        },
    };

    /// <returns>HTTP status, and an error's code.</returns>
    public static (int Status, string? Error) Write(StandInDevice device, JsonObject said, string? ifMatch)
    {
        if (ifMatch is null) return (409, "DeviceAlreadyExists");
        if (ifMatch is not "*" && ifMatch != $"\"{device.ETag}\"") return (412, "PreconditionFailed");
        if (said["deviceId"]?.GetValue<string>() != device.Id || said["status"]?.GetValue<string>() is not ("enabled" or "disabled")) return (400, "ArgumentInvalid");
        if (said["statusReason"]?.GetValue<string>() is { Length: > LongestReason }) return (400, "ArgumentInvalid");
        var authentication = said["authentication"];
        switch (authentication?["type"]?.GetValue<string>())
        {
            case "sas":
                (device.Key, device.SecondKey) = (Bytes(authentication["symmetricKey"]?["primaryKey"]), Bytes(authentication["symmetricKey"]?["secondaryKey"]));
                // What is left out is made anew.
                device.Key ??= Guid.NewGuid().ToByteArray();
                device.Thumbprints = [];
                break;
            case "selfSigned":
                string?[] named = [authentication["x509Thumbprint"]?["primaryThumbprint"]?.GetValue<string>(), authentication["x509Thumbprint"]?["secondaryThumbprint"]?.GetValue<string>()];
                if (named.OfType<string>().Any(t => t.Length is not (40 or 64) || !t.All(char.IsAsciiHexDigit))) return (400, "ArgumentInvalid");
                (device.Key, device.SecondKey, device.Thumbprints) = (null, null, [.. named.OfType<string>()]);
                break;
            case "certificateAuthority":
                (device.Key, device.SecondKey, device.Thumbprints) = (null, null, []);
                break;
            default:
                return (400, "ArgumentInvalid");
        }

        (device.IsDisabled, device.StatusReason) = (said["status"]!.GetValue<string>() == "disabled", said["statusReason"]?.GetValue<string>() ?? "");
        device.Generation++;
        return (200, null);
    }

    private static string? Text(byte[]? key) => key is null ? null : Convert.ToBase64String(key);

    private static byte[]? Bytes(JsonNode? key) => key?.GetValue<string>() is { } text ? Convert.FromBase64String(text) : null;
}
