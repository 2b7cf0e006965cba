using MQTTnet;

namespace ThreeOneOne.Field.Link;

/// <summary>One session from CONNECT to its loss. Every attempt makes a new one.</summary>
/// <param name="Client">The library's client.</param>
/// <param name="Lost">Cancelled when the connection is gone.</param>
internal sealed record Connection(IMqttClient Client, CancellationToken Lost)
{
    private long heard;

    /// <summary>Counts what came from the broker, keep-alive aside.</summary>
    public long Heard => Interlocked.Read(ref heard);

    public bool SessionPresent { get; set; }

    /// <summary>Longest packet that the broker takes; null for no limit of its own.</summary>
    public long? LongestPacket { get; set; }

    public void NoteHeard() => Interlocked.Increment(ref heard);
}
