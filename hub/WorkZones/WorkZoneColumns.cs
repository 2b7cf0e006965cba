namespace ThreeOneOne.Field.Hub.WorkZones;

/// <summary>
/// How a city's feed of works names what the hub needs. Unless told, as the Work Zone Data Exchange (WZDx 4) of the U.S. Department of
/// Transportation does; <c>a.b</c> is b of the object a.
/// </summary>
public sealed record WorkZoneColumns
{
    private const int LongestLayer = 64;

    /// <summary>Words for a member, as options and addresses say it.</summary>
    public static readonly IReadOnlyList<string> Names = ["id", "from", "until", "label", "layer"];

    /// <summary>Property of the id; null: the feature's own.</summary>
    public string? Id { get; init; }

    public string From { get; init; } = "start_date";

    public string Until { get; init; } = "end_date";

    public string Label { get; init; } = "core_details.description";

    /// <summary>What makes a feature of the feed one of works; features without it are.</summary>
    public string EventType { get; init; } = "core_details.event_type";

    /// <summary>The feed's name: ids are unique within it, and a replacement replaces it alone.</summary>
    public string Layer { get; init; } = "works";

    /// <summary>What was said instead of these; a name that is null stays.</summary>
    /// <exception cref="InvalidDataException">The layer's name cannot be one.</exception>
    public static WorkZoneColumns Of(Func<string, string?> said)
    {
        var usual = new WorkZoneColumns();
        if (said("layer") is { } layer && (layer.Length is 0 or > LongestLayer || layer.Any(char.IsControl) || layer != layer.Trim()))
            throw new InvalidDataException($"layer is no name: write 1 to {LongestLayer} characters, without blanks around them");
        return new WorkZoneColumns
        {
            Id = said("id") ?? usual.Id, From = said("from") ?? usual.From, Until = said("until") ?? usual.Until, Label = said("label") ?? usual.Label, Layer = said("layer") ?? usual.Layer,
        };
    }
}
