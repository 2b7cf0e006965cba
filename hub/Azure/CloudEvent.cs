using System.Globalization;
using System.Text.Json;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>
/// One event as Event Grid delivers it, in its own schema or in CloudEvents 1.0.
/// https://learn.microsoft.com/azure/event-grid/event-schema, https://learn.microsoft.com/azure/event-grid/cloud-event-schema
/// </summary>
/// <param name="Type">Such as <c>Microsoft.Devices.DeviceTelemetry</c>.</param>
/// <param name="Source">The resource that it is about.</param>
/// <param name="Time">When it happened, UTC.</param>
/// <param name="Data">What it says.</param>
internal sealed record CloudEvent(string Type, string Source, DateTimeOffset Time, JsonElement Data)
{
    public const string Validation = "Microsoft.EventGrid.SubscriptionValidationEvent";
    public const string Telemetry = "Microsoft.Devices.DeviceTelemetry";
    public const string Connected = "Microsoft.Devices.DeviceConnected";
    public const string Disconnected = "Microsoft.Devices.DeviceDisconnected";

    /// <summary>As many as Event Grid ever delivers at once.</summary>
    public const int Most = 5_000;

    /// <summary>Reads a delivery: one event, or an array of them.</summary>
    /// <returns>Null when it is none.</returns>
    public static IReadOnlyList<CloudEvent>? Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object) return One(root) is { } only ? [only] : null;
        if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() > Most) return null;
        var events = new List<CloudEvent>(root.GetArrayLength());
        foreach (var element in root.EnumerateArray())
        {
            if (One(element) is not { } one) return null;
            events.Add(one);
        }

        return events;
    }

    /// <summary>A text of <see cref="Data"/>, by path; null where there is none.</summary>
    public string? Text(params ReadOnlySpan<string> path)
    {
        var at = Data;
        foreach (var name in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return null;
        }

        return at.ValueKind == JsonValueKind.String ? at.GetString() : null;
    }

    private static CloudEvent? One(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) return null;
        var cloud = element.TryGetProperty("specversion", out _);
        string? Member(string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return Member(cloud ? "type" : "eventType") is { } type && element.TryGetProperty("data", out var data)
            ? new CloudEvent(type, Member(cloud ? "source" : "topic") ?? "", TimeOf(Member(cloud ? "time" : "eventTime")), data)
            : null;
    }

    internal static DateTimeOffset TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : default;
}
