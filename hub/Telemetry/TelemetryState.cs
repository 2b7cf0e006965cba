namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>How deliveries have done since the hub started.</summary>
public sealed record TelemetryState
{
    /// <summary>Points that the store has taken.</summary>
    public long Delivered { get; init; }

    /// <summary>Points that it will never take.</summary>
    public long Refused { get; init; }

    public string? RefusedBecause { get; init; }

    public DateTimeOffset? LastDelivery { get; init; }

    /// <summary>Since when nothing could be delivered; null while it can.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Why not.</summary>
    public string? Cause { get; init; }
}
