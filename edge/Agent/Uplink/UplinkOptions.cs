using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>How the vehicle's two lanes use the link. Settings section <c>Uplink</c>.</summary>
public sealed class UplinkOptions
{
    /// <summary>Shortest time between two live positions, milliseconds.</summary>
    [Range(50, 60_000)]
    public int LiveIntervalMs { get; set; } = 200;

    /// <summary>Most records in one batch.</summary>
    [Range(1, 5_000)]
    public int BatchRecords { get; set; } = 60;

    /// <summary>Most bytes of records in one batch before compression; one record may exceed it.</summary>
    [Range(1024, 1024 * 1024)]
    public int BatchBytes { get; set; } = 16 * 1024;

    /// <summary>
    /// Most bytes on the durable lane that the hub has not acknowledged, as sent, while the line has not shown that it
    /// carries more. Actions and faults may go this much beyond it, so that they never wait behind tracks.
    /// </summary>
    [Range(1024, 4 * 1024 * 1024)]
    public int BytesInFlight { get; set; } = 16 * 1024;

    /// <summary>What the bytes in flight are never lowered below, however slow the line is.</summary>
    [Range(512, 64 * 1024)]
    public int BytesInFlightLeast { get; set; } = 2 * 1024;

    /// <summary>What the bytes in flight are never raised above, however fast the line is.</summary>
    [Range(1024, 4 * 1024 * 1024)]
    public int BytesInFlightMost { get; set; } = 256 * 1024;

    /// <summary>
    /// Longest time that the durable lane's bytes should wait on the line beyond the round trip, milliseconds: what the
    /// newest position may lose to a backlog.
    /// </summary>
    [Range(50, 60_000)]
    public int QueueMs { get; set; } = 500;

    /// <summary>Most bytes a second that tracks and bulk may use, as sent; 0: all that the line carries.</summary>
    [Range(0, 100_000_000)]
    public int DrainBytesPerSecond { get; set; }

    /// <summary>Longest time at the end in which what is on disk is still sent, seconds; the rest leaves at the next start.</summary>
    [Range(0, 300)]
    public double DrainSeconds { get; set; } = 3;

    /// <summary>
    /// Wait for the hub's acknowledgement, seconds; doubled at each time-out. Then the hub is asked what it has, and only
    /// what it misses is sent again.
    /// </summary>
    [Range(0.1, 300)]
    public double AckSeconds { get; set; } = 5;

    /// <summary>Longest wait for an acknowledgement, seconds.</summary>
    [Range(1, 3600)]
    public double AckSecondsMax { get; set; } = 120;

    /// <summary>Longest time between two status messages while unsent counts change, seconds.</summary>
    [Range(0.1, 600)]
    public double StatusSeconds { get; set; } = 5;
}
