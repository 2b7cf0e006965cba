using System.Globalization;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Azure;

/// <summary>
/// The topics of Azure IoT Hub as a device meets them, and the wire's own lanes in them.
/// https://learn.microsoft.com/azure/iot/iot-mqtt-connect-to-iot-hub
/// </summary>
internal static class AzureTopics
{
    /// <summary>Without one, it is documented, behaviour is not what one expects.</summary>
    public const string ApiVersion = "2021-04-12";

    public const string Methods = "$iothub/methods/POST/";
    public const string TwinAnswers = "$iothub/twin/res/";
    public const string TwinDesired = "$iothub/twin/PATCH/properties/desired/";

    /// <summary>
    /// Three of the five subscriptions that a device may have. Cloud-to-device messages are not among them: the hub sends none, and they
    /// would be a way to the vehicle that passes the hub's permissions and its audit by.
    /// </summary>
    public static IReadOnlyList<string> Subscriptions { get; } = [TwinAnswers + "#", TwinDesired + "#", Methods + "#"];

    /// <summary>
    /// A lane to the hub: one telemetry topic with properties, by which the city can route. Who sent it IoT Hub says itself, in a system
    /// property. The content type keeps Event Grid from taking the body for text.
    /// </summary>
    public static string Telemetry(Topic topic) => string.Create(CultureInfo.InvariantCulture,
        $"devices/{topic.Vehicle}/messages/events/lane={LastPart(topic)}&jurisdiction={topic.Jurisdiction}&wire={WireCodec.Version}&$.ct=application%2Foctet-stream");

    public static string MethodAnswer(int status, string rid) => string.Create(CultureInfo.InvariantCulture, $"$iothub/methods/res/{status}/?$rid={rid}");

    public static string TwinGet(string rid) => $"$iothub/twin/GET/?$rid={rid}";

    public static string TwinReport(string rid) => $"$iothub/twin/PATCH/properties/reported/?$rid={rid}";

    /// <summary>The down topic that a method names; null when it names none.</summary>
    public static Topic? Down(Topic own, string? name) =>
        name is { Length: > 0 and < 32 } ? Topic.TryParse($"field/v1/{own.Jurisdiction}/{own.Vehicle}/down/{name}") : null;

    /// <summary>Reads <c>first/?$rid=7&amp;$version=3</c>.</summary>
    /// <returns>The first part, and the id; null where it is missing.</returns>
    public static (string First, string? Rid) Split(string rest)
    {
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (rest, null) : (rest[..slash], Properties(rest[(slash + 1)..].TrimStart('?')).GetValueOrDefault("$rid"));
    }

    /// <summary>Reads a property bag; of a name that comes twice the first counts.</summary>
    public static IReadOnlyDictionary<string, string> Properties(string bag)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in bag.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            found.TryAdd(Uri.UnescapeDataString(equals < 0 ? pair : pair[..equals]), equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]));
        }

        return found;
    }

    private static string LastPart(Topic topic)
    {
        var text = topic.ToString();
        return text[(text.LastIndexOf('/') + 1)..];
    }
}
