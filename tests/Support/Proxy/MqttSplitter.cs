namespace ThreeOneOne.Field.Support.Proxy;

/// <summary>Puts a stream's pieces together to whole packets.</summary>
internal sealed class MqttSplitter
{
    private byte[] held = [];

    /// <exception cref="FormatException">The stream is no MQTT.</exception>
    public IReadOnlyList<byte[]> Add(ReadOnlySpan<byte> piece)
    {
        var all = new byte[held.Length + piece.Length];
        held.CopyTo(all, 0);
        piece.CopyTo(all.AsSpan(held.Length));
        var packets = new List<byte[]>();
        var at = 0;
        while (MqttPacket.WholeLength(all.AsSpan(at)) is > 0 and var length && length <= all.Length - at)
        {
            packets.Add(all[at..(at + length)]);
            at += length;
        }

        held = all[at..];
        return packets;
    }
}
