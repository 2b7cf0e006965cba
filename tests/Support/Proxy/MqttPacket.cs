using System.Buffers.Binary;
using System.Text;

namespace ThreeOneOne.Field.Support.Proxy;

/// <summary>One whole MQTT control packet on its way through the proxy.</summary>
/// <param name="Bytes">All of it, fixed header included.</param>
/// <param name="Version">Protocol level of the connection: 4 (3.1.1) or 5.</param>
/// <param name="Connection">Number of the connection, from 1.</param>
public readonly record struct MqttPacket(ReadOnlyMemory<byte> Bytes, int Version, int Connection)
{
    public const int Connect = 1;
    public const int Publish = 3;
    public const int PubAck = 4;

    /// <summary>Control packet type, 1 to 15.</summary>
    public int Type => Bytes.Span[0] >> 4;

    public int Qos => (Bytes.Span[0] >> 1) & 3;

    /// <summary>Packet identifier of a PUBACK or of a PUBLISH with QoS 1.</summary>
    public int Id
    {
        get
        {
            var (at, _) = Body(Bytes.Span);
            return BinaryPrimitives.ReadUInt16BigEndian(Bytes.Span[(Type == Publish ? at + 2 + TopicBytes(at) : at)..]);
        }
    }

    /// <summary>Topic of a PUBLISH.</summary>
    public string Topic
    {
        get
        {
            var (body, _) = Body(Bytes.Span);
            return Encoding.UTF8.GetString(Bytes.Span.Slice(body + 2, TopicBytes(body)));
        }
    }

    /// <summary>Payload of a PUBLISH.</summary>
    public ReadOnlyMemory<byte> Payload
    {
        get
        {
            var (at, _) = Body(Bytes.Span);
            at += 2 + TopicBytes(at);
            if (Qos > 0) at += 2;
            if (Version >= 5)
            {
                var (properties, length) = Number(Bytes.Span, at);
                at = properties + length;
            }

            return Bytes[at..];
        }
    }

    /// <summary>The same PUBLISH marked as sent again, which QoS 1 allows at any time before its PUBACK.</summary>
    public byte[] Again()
    {
        var copy = Bytes.ToArray();
        if (Qos > 0) copy[0] |= 0b1000;
        return copy;
    }

    /// <summary>A PUBLISH of MQTT 5 with QoS 0 and no properties.</summary>
    public static byte[] Forge(string topic, ReadOnlySpan<byte> payload)
    {
        var name = Encoding.UTF8.GetBytes(topic);
        var packet = new List<byte> { Publish << 4 };
        for (var left = 2 + name.Length + 1 + payload.Length; ; left >>= 7)
        {
            packet.Add((byte)(left < 128 ? left : (left & 127) | 128));
            if (left < 128) break;
        }

        packet.AddRange([(byte)(name.Length >> 8), (byte)name.Length, .. name, 0, .. payload]);
        return [.. packet];
    }

    /// <summary>Length of the packet that begins <paramref name="bytes"/>; 0 while its header is not whole.</summary>
    /// <exception cref="FormatException">No MQTT.</exception>
    public static int WholeLength(ReadOnlySpan<byte> bytes)
    {
        for (var i = 1; i < bytes.Length; i++)
        {
            if (i > 4) throw new FormatException("no MQTT: a remaining length of more than 4 bytes");
            if (bytes[i] >= 128) continue;
            var (body, length) = Body(bytes);
            return body + length;
        }

        return 0;
    }

    /// <summary>Protocol level that a CONNECT asks for.</summary>
    public static int LevelOf(ReadOnlySpan<byte> connect)
    {
        var (body, _) = Body(connect);
        return connect[body + 2 + BinaryPrimitives.ReadUInt16BigEndian(connect[body..])];
    }

    private int TopicBytes(int body) => BinaryPrimitives.ReadUInt16BigEndian(Bytes.Span[body..]);

    private static (int Body, int Length) Body(ReadOnlySpan<byte> bytes) => Number(bytes, 1);

    // MQTT's variable byte integer (MQTT 5, 1.5.5).
    private static (int Next, int Value) Number(ReadOnlySpan<byte> bytes, int at)
    {
        int value = 0, shift = 0;
        byte digit;
        do
        {
            digit = bytes[at++];
            value |= (digit & 127) << shift;
            shift += 7;
        }
        while (digit >= 128);
        return (at, value);
    }
}
