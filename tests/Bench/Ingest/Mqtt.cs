using System.Buffers.Binary;
using System.Text;

namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>The few packets of MQTT 3.1.1 that the generator sends, and how to find the end of those it gets.</summary>
internal static class Mqtt
{
    public const byte PubAck = 0x40;
    public const byte ConnAck = 0x20;
    public const byte SubAck = 0x90;
    public const byte Publish = 0x30;

    public static byte[] Connect(string clientId, bool clean = true)
    {
        var id = Encoding.UTF8.GetBytes(clientId);
        byte[] variable = [0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, (byte)(clean ? 2 : 0), 0, 0, (byte)(id.Length >> 8), (byte)id.Length, .. id];
        return [0x10, .. Length(variable.Length), .. variable];
    }

    public static byte[] Subscribe(string topic, byte qos)
    {
        var text = Encoding.UTF8.GetBytes(topic);
        byte[] variable = [0, 1, (byte)(text.Length >> 8), (byte)text.Length, .. text, qos];
        return [0x82, .. Length(variable.Length), .. variable];
    }

    /// <summary>A PUBLISH at QoS 1.</summary>
    public static byte[] PublishQos1(byte[] topic, ushort id, ReadOnlySpan<byte> payload)
    {
        var length = Length(2 + topic.Length + 2 + payload.Length);
        var packet = new byte[1 + length.Length + 2 + topic.Length + 2 + payload.Length];
        packet[0] = 0x32;
        length.CopyTo(packet, 1);
        var at = 1 + length.Length;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(at), (ushort)topic.Length);
        topic.CopyTo(packet, at + 2);
        at += 2 + topic.Length;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(at), id);
        payload.CopyTo(packet.AsSpan(at + 2));
        return packet;
    }

    /// <summary>A PUBLISH at QoS 0.</summary>
    public static byte[] PublishQos0(byte[] topic, ReadOnlySpan<byte> payload) =>
        [Publish, .. Length(2 + topic.Length + payload.Length), (byte)(topic.Length >> 8), (byte)topic.Length, .. topic, .. payload];

    /// <returns>Bytes of the first packet and of its header; (0, 0) while it is not whole.</returns>
    public static (int Whole, int Header) Measure(ReadOnlySpan<byte> bytes)
    {
        int value = 0, shift = 0;
        for (var i = 1; i < bytes.Length && i <= 4; i++)
        {
            value |= (bytes[i] & 127) << shift;
            shift += 7;
            if ((bytes[i] & 128) == 0) return bytes.Length >= 1 + i + value ? (1 + i + value, 1 + i) : (0, 0);
        }

        return (0, 0);
    }

    /// <summary>Payload of a PUBLISH at QoS 0.</summary>
    public static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> body) => body[(2 + BinaryPrimitives.ReadUInt16BigEndian(body))..];

    private static byte[] Length(int n)
    {
        var bytes = new List<byte>(4);
        do
        {
            bytes.Add((byte)((n & 127) | (n > 127 ? 128 : 0)));
            n >>= 7;
        }
        while (n > 0);
        return [.. bytes];
    }
}
