using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary>The feed to dispatchers.</summary>
public sealed class LiveOptions
{
    public const string Section = "Live";

    /// <summary>Time between two ticks; a tick in which nothing changed is not sent.</summary>
    [Range(typeof(TimeSpan), "00:00:00.02", "00:00:10")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Ticks kept for clients that reconnect.</summary>
    [Range(0, 100_000)]
    public int RingTicks { get; set; } = 600;

    /// <summary>Bytes of ticks kept for clients that reconnect.</summary>
    [Range(0, 1_000_000_000)]
    public int RingBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Ticks that wait for one client; past this it gets a fresh snapshot instead.</summary>
    [Range(1, 1_000)]
    public int ClientQueue { get; set; } = 16;

    /// <summary>Clients at the same time; one more is answered 503.</summary>
    [Range(1, 100_000)]
    public int MaxClients { get; set; } = 1_000;

    /// <summary>Silence after which an empty tick is sent: pages tell a quiet city from a hub that is gone.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Most requests in a snapshot, the newest ones. A queue lacks what is beyond: about 700 bytes each to every browser that comes.</summary>
    [Range(1, 100_000)]
    public int SnapshotRequests { get; set; } = 25_000;

    /// <summary>Requests with the snapshot itself, those with the nearest target dates, and in each part that follows it.</summary>
    [Range(1, 100_000)]
    public int SnapshotPart { get; set; } = 500;

    /// <summary>How long a closed request stays in the snapshot.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan KeepClosed { get; set; } = TimeSpan.FromHours(24);
}
