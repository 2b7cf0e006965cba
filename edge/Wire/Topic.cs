namespace ThreeOneOne.Field.Wire;

/// <summary>
/// One MQTT topic of the contract: <c>field/v1/{jurisdiction}/{vehicle}/{live|up|status|file|
/// down/ack|down/orders|down/profile|down/command|down/file|down/hazards|down/device-profile}</c>. The vehicle in the topic is what the broker's rules tie to the certificate; the
/// jurisdiction is a routing hint that the hub checks against its own registry.
/// </summary>
public sealed record Topic(string Jurisdiction, string Vehicle, Lane Lane)
{
    private const string Root = "field/v1/";

    public static readonly string AllUp = Root + "+/+/up";
    public static readonly string AllLive = Root + "+/+/live";
    public static readonly string AllFiles = Root + "+/+/file";
    public static readonly string AllStatus = Root + "+/+/status";

    /// <summary>Subscription of one vehicle for all that the hub sends it.</summary>
    public static string AllDown(string jurisdiction, string vehicle) => $"{Root}{jurisdiction}/{vehicle}/down/#";

    public override string ToString() => $"{Root}{Jurisdiction}/{Vehicle}/{Suffix(Lane)}";

    /// <summary>Reads a topic; null when it is not of this contract or an id breaks <see cref="Identifier.Rule"/>.</summary>
    public static Topic? TryParse(string text)
    {
        if (!text.StartsWith(Root, StringComparison.Ordinal)) return null;
        var rest = text.AsSpan(Root.Length);
        var first = rest.IndexOf('/');
        if (first < 0) return null;
        var jurisdiction = rest[..first].ToString();
        rest = rest[(first + 1)..];
        var second = rest.IndexOf('/');
        if (second < 0) return null;
        var vehicle = rest[..second].ToString();
        var lane = rest[(second + 1)..] switch
        {
            "live" => Lane.Live,
            "up" => Lane.Up,
            "status" => Lane.Status,
            "down/ack" => Lane.Ack,
            "down/orders" => Lane.Orders,
            "down/profile" => Lane.Profile,
            "down/command" => Lane.Command,
            "file" => Lane.File,
            "down/file" => Lane.FileState,
            "down/hazards" => Lane.Hazards,
            "down/device-profile" => Lane.DeviceProfile,
            _ => Lane.Unknown,
        };
        return lane != Lane.Unknown && Identifier.IsValid(jurisdiction) && Identifier.IsValid(vehicle)
            ? new Topic(jurisdiction, vehicle, lane)
            : null;
    }

    private static string Suffix(Lane lane) => lane switch
    {
        Lane.Live => "live",
        Lane.Up => "up",
        Lane.Status => "status",
        Lane.Ack => "down/ack",
        Lane.Orders => "down/orders",
        Lane.Profile => "down/profile",
        Lane.Command => "down/command",
        Lane.File => "file",
        Lane.FileState => "down/file",
        Lane.Hazards => "down/hazards",
        Lane.DeviceProfile => "down/device-profile",
        _ => throw new ArgumentOutOfRangeException(nameof(lane), lane, "no topic for this lane"),
    };
}
